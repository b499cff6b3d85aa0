/** Numbers as people read them. */
export const score = (value: number): string => String(Number(value.toPrecision(4)));

export const percent = (share: number): string => {
  const value = 100 * share;
  if (value <= 0 || value >= 9.95) return `${Math.round(value)}%`;
  return `${value < 0.1 ? '<0.1' : value.toFixed(1)}%`;
};

export const milliseconds = (value: number): string =>
  value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
