import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../inspection/predict.ts';
import { predictionLines } from './predictionLines.ts';

const plain = (_style: string, text: string) => text;

const prediction = (score: number, boxes: number): Prediction => ({
  path: join(process.cwd(), 'photos', 'a.png'),
  sha256: 'a'.repeat(64),
  width: 10,
  height: 10,
  score,
  threshold: 21.34,
  verdict: score > 21.34 ? 'anomalous' : 'normal',
  reason: 'The score.',
  band: { low: 20, high: 22 },
  boxes: Array.from({ length: boxes }, () => ({ x: 0, y: 0, width: 1, height: 1, peak: 1 })),
});

describe('predictionLines', () => {
  const { heading, line } = predictionLines(21.34, plain);

  it('aligns every line with the heading', () => {
    expect([heading, line(prediction(9.5, 0)), line(prediction(123.456, 12))]).toEqual([
      '    score  threshold  verdict     flaws  image',
      `     9.50      21.34  normal          0  ${join('photos', 'a.png')}`,
      `   123.46      21.34  anomalous      12  ${join('photos', 'a.png')}`,
    ]);
  });

  it('colours the verdict without moving what follows', () => {
    const coloured = predictionLines(21.34, (style, text) => `<${style}>${text}</>`);
    expect(coloured.line(prediction(30, 1))).toContain('<red>anomalous </>      1');
    expect(coloured.line(prediction(3, 0))).toContain('<green>normal    </>      0');
  });

  it('tells why where that is not plain from the score, and how large flaws are', () => {
    const doubtful = { ...prediction(21, 1), verdict: 'unsure', reason: 'Why.' } as const;
    expect(line(doubtful)).toMatch(/unsure .*\n {4}Why\.$/);
    expect(line({ ...doubtful, verdict: 'not judged' })).toMatch(/not judged .*\n {4}Why\.$/);
    const sized = { ...prediction(30, 1).boxes[0]!, millimetres: { length: 12.345, area: 3 } };
    expect(line({ ...prediction(30, 0), boxes: [sized] })).toMatch(
      /\n {4}flaw at 0, 0: 12\.3 mm long, 3\.00 mm²$/,
    );
  });

  it('keeps its columns for thresholds of many digits', () => {
    const long = predictionLines(0.00001234567, plain);
    const at = long.heading.indexOf('verdict');
    expect(long.line(prediction(0.0001, 0)).indexOf('normal')).toBe(at);
    expect(long.line(prediction(0.0001, 0))).toContain('0.00001235');
  });
});
