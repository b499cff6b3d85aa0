import { describe, expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { estimate, runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import type { Recovery } from '../../result/estimate.ts';
import type { LadderResult } from '../../result/ladder.ts';
import type { StudyResult } from '../../result/result.ts';
import { categoryAnswer } from './categoryAnswer.ts';

const study = (experiments: StudyResult['experiments']) =>
  reportResult({ experiments, analysis: {} });

const clean = (value: number, low: number, high: number) =>
  scenarioWith({ metrics: { image_auroc: estimate(value, low, high) } });

/** Shifted: changes of AUROC and of specificity with their intervals. */
const shifted = (
  auroc: readonly [number, number, number],
  specificity: readonly [number, number, number],
) =>
  scenarioWith({
    scenario: 'shift-none',
    change: { image_auroc: estimate(...auroc), specificity: estimate(...specificity) },
    runs: [{ ...runWith(42), confusion: { tp: 2, fp: 1, tn: 1, fn: 0 } }],
  });

const share = (value: number, low: number, high: number): Recovery => ({
  value,
  reason: null,
  interval: { low, high, confidence: 0.95, method: 'percentile' },
});

const fittedAnew = (recovery: Recovery) =>
  scenarioWith({ scenario: 'shift-full', recovery: { image_auroc: recovery } });

const ladder = (recovery: Recovery) =>
  ({
    ...{ category: 'nut', method: 'patchcore', lamps: [] },
    rungs: [{ pictures: 5, strategy: 'append', metrics: {}, recovery: { image_auroc: recovery } }],
  }) as unknown as LadderResult;

const RELIABLE = clean(0.99, 0.95, 1);
const LOST = shifted([-0.3, -0.5, -0.1], [-0.5, -0.8, -0.2]);
const KEPT = shifted([0, -0.02, 0.02], [0, -0.04, 0.04]);

describe('categoryAnswer', () => {
  it('is good where the model is reliable and nothing is lost', () => {
    const answer = categoryAnswer(study({ clean: [RELIABLE], shift_no_adaptation: [KEPT] }), 'nut');
    expect(answer?.tone).toBe('good');
    expect(answer?.text).toContain(
      'On clean images PatchCore tells flawed from good reliably (AUROC 0.990 ',
    );
    expect(answer?.text).toContain('no change shown (0.00 [−0.02, 0.02])');
    expect(answer?.text).toMatch(/^The model can be kept as it is under such a shift\. /);
  });

  it('calls for caution where a loss is left open', () => {
    const open = shifted([0, -0.05, 0.02], [0, -0.04, 0.04]);
    const answer = categoryAnswer(study({ clean: [RELIABLE], shift_no_adaptation: [open] }), 'nut');
    expect(answer?.tone).toBe('caution');
    expect(answer?.text).toMatch(/^No loss under the shift is shown; test more images under it/);
  });

  it('is bad where nothing is shown to repair a loss', () => {
    const answer = categoryAnswer(
      study({
        ...{ clean: [RELIABLE], shift_no_adaptation: [LOST] },
        shift_with_adaptation: [fittedAnew(share(0.3, -0.1, 0.6))],
        adaptation_ladder: [ladder(share(0.2, -0.1, 0.5))],
      }),
      'nut',
    );
    expect(answer?.tone).toBe('bad');
    expect(answer?.text).toContain('a large loss of 0.30 [0.10, 0.50]');
    expect(answer?.text).toContain('at the kept threshold 1 of 2 good images raise an alarm');
    expect(answer?.text).toContain('Fitting anew is not shown to regain any of the loss');
    expect(answer?.text).toContain(
      '5 pictures under a new lamp, joining the model, regain 20% [−10%, 50%]',
    );
    expect(answer?.text).toMatch(/^Keep the conditions as they are: nothing that was tried/);
  });

  /** An analysis that tested these of category nut: first scenario less second, different. */
  const tests = (
    ...of: readonly (readonly [metric: string, first: string, second: string, number])[]
  ) => ({
    statistics: [
      {
        level: 0.05,
        family: { tests: 21 },
        differences: {
          data: of.map(([metric, first, second, value]) => ({
            ...{ category: 'nut', metric, verdict: 'different', adjusted: 0.021 },
            first: { scenario: first, method: 'patchcore' },
            second: { scenario: second, method: 'patchcore' },
            difference: { value, interval: { low: value - 0.1, high: value + 0.1 } },
          })),
        },
      },
    ] as unknown as NonNullable<StudyResult['analysis']['statistics']>,
  });

  it('calls lost what a test shows to be, where the interval is wider', () => {
    const unclear = shifted([-0.07, -0.15, 0.02], [-0.5, -0.8, -0.2]);
    const analysis = tests(['image_auroc', 'shift-none', 'clean', -0.07]);
    const answer = categoryAnswer(
      { ...study({ clean: [RELIABLE], shift_no_adaptation: [unclear] }), analysis },
      'nut',
    );
    expect(answer?.text).toContain(
      'a loss of 0.07, its interval [\u22120.17, 0.03] being wider than the test (significant, p 0.021 after correction for 21 tests)',
    );
  });

  it('counts better verdicts as a repair, where tests show them', () => {
    const lost = {
      ...{ clean: [RELIABLE], shift_no_adaptation: [LOST] },
      shift_threshold_only: [scenarioWith({ scenario: 'shift-threshold' })],
      shift_with_adaptation: [fittedAnew(share(0.6, -0.02, 0.9))],
    };
    const moved = ['balanced_accuracy', 'shift-threshold', 'shift-none', 0.24] as const;
    const threshold = categoryAnswer({ ...study(lost), analysis: tests(moved) }, 'nut');
    expect(threshold?.tone).toBe('caution');
    expect(threshold?.text).toMatch(/^After such a shift, set the threshold anew: verdicts/);
    const refit = ['balanced_accuracy', 'shift-full', 'shift-none', 0.3] as const;
    const full = categoryAnswer({ ...study(lost), analysis: tests(moved, refit) }, 'nut');
    expect(full?.text).toMatch(/^After such a shift, fit the model anew .* verdicts are shown/);
    expect(full?.text).toContain(
      'fitting anew is not shown to regain any of the loss (60% [\u22122%, 90%]), and raises balanced accuracy by 0.30 [0.20, 0.40] (significant, p 0.021',
    );
    // A test that shows harm is no repair.
    const worse = tests(['balanced_accuracy', 'shift-full', 'shift-none', -0.3]);
    expect(categoryAnswer({ ...study(lost), analysis: worse }, 'nut')?.tone).toBe('bad');
  });

  it('says what to do where something repairs it, pictures first', () => {
    const lost = { clean: [RELIABLE], shift_no_adaptation: [LOST] };
    const full = { shift_with_adaptation: [fittedAnew(share(0.9, 0.5, 1.1))] };
    const refit = categoryAnswer(study({ ...lost, ...full }), 'nut');
    expect(refit?.tone).toBe('caution');
    expect(refit?.text).toMatch(/^After such a shift, fit the model anew on good images/);
    const pictures = { adaptation_ladder: [ladder(share(0.95, 0.85, 1.1))] };
    const added = categoryAnswer(study({ ...lost, ...full, ...pictures }), 'nut');
    expect(added?.tone).toBe('caution');
    expect(added?.text).toMatch(
      /^After a change of light, add 5 good pictures to the model and set/,
    );
    const part = { adaptation_ladder: [ladder(share(0.5, 0.2, 0.7))] };
    expect(categoryAnswer(study({ ...lost, ...part }), 'nut')?.text).toMatch(
      /^After a change of light, .* repair a part\. /,
    );
  });

  it('needs a new threshold alone where AUROC is not lost', () => {
    const alarms = shifted([0, -0.02, 0.02], [-0.5, -0.8, -0.2]);
    const answer = categoryAnswer(
      study({ clean: [RELIABLE], shift_no_adaptation: [alarms] }),
      'nut',
    );
    expect(answer?.tone).toBe('caution');
    expect(answer?.text).toMatch(/^After such a shift, set the threshold anew\. /);
  });

  it.each([
    [clean(0.6, 0.4, 0.8999), 'bad'],
    [clean(0.6, 0.4, 0.9), 'unknown'],
    [clean(0.2, 0.1, 0.3), 'bad'],
    [clean(0.8, 0.6, 0.9), 'caution'],
    [scenarioWith({ metrics: {} }), 'unknown'],
  ] as const)('does not rely on a model that is not shown to work', (scenario, tone) => {
    const answer = categoryAnswer(study({ clean: [scenario] }), 'nut');
    expect(answer?.tone).toBe(tone);
    expect(answer?.text).toMatch(/^Test more images before relying on it\. /);
  });

  it('takes the method that ranks best over all conditions', () => {
    const conditions = (method: 'patchcore' | 'padim', aurocs: readonly [number, number]) =>
      (['clean', 'shift-full'] as const).map((scenario, at) =>
        scenarioWith({
          ...{ method, scenario },
          metrics: { image_auroc: estimate(aurocs[at]!, 0.9, 1) },
        }),
      );
    const [one, other] = [conditions('patchcore', [1, 0.7]), conditions('padim', [0.98, 0.9])];
    const answer = categoryAnswer(
      study({ clean: [one[0]!, other[0]!], shift_with_adaptation: [one[1]!, other[1]!] }),
      'nut',
    );
    expect(answer?.text).toContain('On clean images PaDiM tells');
  });

  it('takes the better method, and claims a difference only where the tests do', () => {
    const padim = scenarioWith({
      ...{ method: 'padim', metrics: { image_auroc: estimate(0.7, 0.5, 0.9) } },
    });
    const answer = categoryAnswer(study({ clean: [padim, RELIABLE] }), 'nut');
    expect(answer?.text).toMatch(/ PatchCore tells .* 2 anomalous images\.$/);
    expect(answer?.text).not.toMatch(/better than PaDiM/);
    expect(answer?.text).toContain('What a shift costs was not studied.');
  });

  it('has nothing to say without clean images', () => {
    expect(categoryAnswer(study({}), 'nut')).toBeNull();
    expect(categoryAnswer(study({ clean: [RELIABLE] }), 'spoon')).toBeNull();
  });
});
