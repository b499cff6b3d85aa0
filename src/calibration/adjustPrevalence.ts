/**
 * A probability of being anomalous, carried from one share of anomalous images to another, where
 * normal and anomalous images look alike under both: odds times the ratio of the prior odds
 * (Saerens, Latinne and Decaestecker 2002, eq. 2.4).
 * @param probability in [0, 1], right where the share of anomalous images is `from`
 * @param from in (0, 1)
 * @param to in (0, 1)
 */
export function adjustPrevalence(probability: number, from: number, to: number): number {
  const anomalous = probability * (to / from);
  const normal = (1 - probability) * ((1 - to) / (1 - from));
  return anomalous / (anomalous + normal);
}
