import { describe, expect, test } from 'vitest';
import type { PartScores } from '../../calibration/partScores.ts';
import { type PlantInput, plantReport } from '../../calibration/plant/plantReport.ts';
import type { PlantAnswers } from '../../study/plant/answerPlant.ts';
import { describePlant } from './describePlant.ts';

const plain = (_style: string, text: string) => text;

const LINE = {
  partsPerDay: 20_000,
  defectRate: 0.002,
  escapeCost: 50,
  falseRejectCost: 0.4,
  currency: 'EUR',
  promisedFpr: 0.01,
};

const scores = <P extends 'validation' | 'test'>(
  part: P,
  normal: readonly number[],
  anomalous: readonly number[],
): PartScores<P> => ({
  part,
  scores: [...normal, ...anomalous],
  labels: [...normal.map(() => 0 as const), ...anomalous.map(() => 1 as const)],
});

const ascending = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => from + i);

const WITH_TEST: PlantInput = {
  own: { rule: 'f1-optimal', threshold: 45.5 },
  goodImages: 41,
  validation: scores('validation', ascending(41, 10), [3, 40.5, ...ascending(18, 46.5)]),
  test: scores('test', ascending(40, 12), ascending(45, 43.5)),
};

function answer(input: PlantInput, category = 'bottle'): PlantAnswers['answers'][number] {
  return {
    category,
    method: 'patchcore',
    condition: input.test === null ? null : 'clean',
    ownRule: input.own.rule,
    report: plantReport(input, LINE, 0.95),
  };
}

const tell = (...answers: PlantAnswers['answers']) =>
  describePlant({ source: '/run', line: LINE, confidence: 0.95, answers }, plain);

describe('describePlant', () => {
  test('tells a day, what was counted, the optimum and the images that are missing', () => {
    expect(tell(answer(WITH_TEST)).split('\n')).toEqual([
      '20,000 parts a day, 0.2% of them defective (40); an escape costs EUR 50, a false reject EUR 0.4',
      '',
      'bottle, PatchCore, clean images',
      'threshold       score  escapes a day      false rejects a day     cost a day',
      'highest F1      45.50  2.7 (0.56 to 7.3)  2,994 (1,140 to 5,955)  EUR 1,331 (582 to 2,538)',
      '2.38% promised  50.00  6.2 (2.6 to 12)    499 (13 to 2,626)       EUR 511 (245 to 1,406)',
      'least cost      50.25  6.2 (2.6 to 12)    499 (13 to 2,626)       EUR 511 (245 to 1,406)',
      'let all pass        -  40                 0                       EUR 2,000',
      'reject all          -  0                  19,960                  EUR 7,984',
      'Counted on 45 defective and 40 good test images; ranges hold with 95% confidence.',
      'The least cost was chosen on validation images, where it is EUR 600; the thresholds next to it',
      'cost over a tenth more.',
      '',
      'To promise at most 1% of good parts rejected takes 58 more good images than the 41 there are,',
      'and 258 more to promise it with 95% confidence.',
    ]);
  });

  test('tells what good images alone cannot', () => {
    const said = tell(
      answer({
        own: { rule: 'maximum', threshold: 4, n: 4, k: 4 },
        goodImages: 4,
        validation: scores('validation', [1, 2, 3, 4], []),
        test: null,
      }),
    );
    expect(said).toContain('\nbottle, PatchCore\n');
    expect(said).toMatch(/^the highest normal score +4\.000 +- +3,992 \(126 to 12,023\) +-$/m);
    expect(said).toMatch(/^20% promised +4\.000 /m);
    expect(said).toMatch(/^least cost +- +- +- +-$/m);
    expect(said).toContain(
      '\nthe highest normal score and 20% promised: no anomalous images to tell how many escape.\n' +
        'least cost: it takes normal and anomalous validation images.\n',
    );
  });

  test('tells how flat the optimum is, and what its ends cost in test', () => {
    // One more false reject among 41 costs 24 a day, less than a tenth of 297.
    const line = { ...LINE, falseRejectCost: 0.05, currency: null };
    const report = plantReport(WITH_TEST, line, 0.95);
    const said = describePlant(
      { source: '/run', line, confidence: 0.95, answers: [{ ...answer(WITH_TEST), report }] },
      plain,
    );
    expect(said.replaceAll('\n', ' ')).toContain(
      'chosen on validation images, where it is 297; thresholds from 45.50 to 46.25 cost at most a ' +
        'tenth more; on test images those two cost 283 and 258.',
    );
  });

  test('tells the missing images of each category where they differ', () => {
    const few = answer({ ...WITH_TEST, goodImages: 20 }, 'zipper');
    const said = tell(answer(WITH_TEST), answer(WITH_TEST, 'nut'), few);
    expect(said).toMatch(
      /^bottle, nut: To promise at most 1% of good parts rejected takes 58 more/m,
    );
    expect(said).toMatch(/^zipper: To promise at most 1% of good parts rejected takes 79 more/m);
  });
});
