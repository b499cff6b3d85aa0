import type { JournalEntry } from '../../src/journal/journalLine.ts';

/** A judgement to write down; each number gives another. */
export const journalEntry = (number: number): JournalEntry => ({
  time: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
  imageSha256: 'a'.repeat(64),
  imageName: `photo "${number}"\n.png`,
  modelSha256: 'b'.repeat(64),
  threshold: 20.5,
  score: number + 0.25,
  verdict: 'anomalous',
  reason: 'The score is above the threshold.',
  boxes: [{ x: 1, y: 2, width: 3, height: 4, peak: 5.5, millimetres: { length: 1, area: 2 } }],
});
