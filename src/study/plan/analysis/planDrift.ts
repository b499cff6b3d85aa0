/**
 * The jobs of the drift analysis. For each category: one that measures the imaging conditions of
 * its images as they are, one for each change and severity, and one that watches streams of them.
 */
import { createRandom } from '../../../core/random.ts';
import type { SplitImage } from '../../../data/splits/split.ts';
import type { Job } from '../../../pipeline/job.ts';
import { PRESETS } from '../../../shift/presets.ts';
import { SEVERITY_LEVELS, severityOf } from '../../../shift/severityLevel.ts';
import { imageRef } from '../../images.ts';
import type { DriftOptions } from '../../kinds/analysis/drift.ts';
import type { DriftConditionsOptions } from '../../kinds/analysis/driftConditions.ts';
import { filesOf } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, seedsOf } from '../studyJob.ts';

/** Of one image, on two cores. */
const SECONDS = 0.02;

export function planDrift(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  const { config } = input;
  const { falseAlarm, streams, images, lamps, severities, presets } = config.analysis.drift;
  const make = jobMaker(input);
  return plans.flatMap(({ category: { name, split }, clean }) => {
    const measure = (
      id: string,
      measured: readonly SplitImage[],
      shift: DriftConditionsOptions['shift'],
    ): Job =>
      make<DriftConditionsOptions>({
        id: `analysis/drift/${name}/${id}`,
        stage: 'analysis',
        kind: 'drift-conditions',
        options: { category: name, images: measured.map(imageRef), condition: null, shift },
        files: filesOf(name, measured),
        seconds: SECONDS * measured.length * (shift?.lamps ?? 1),
      });
    const normals = (own: readonly SplitImage[]) => own.filter(({ label }) => label === 'normal');
    const reference = normals(split.val);
    const test = normals(split.test);
    const defects = split.test.filter(({ label }) => label === 'anomalous');
    const random = createRandom(config.seed).fork('drift images').fork(name);
    const shown = random.shuffle([...reference, ...test]).slice(0, images);

    const asTheyAre = measure('clean', [...reference, ...test, ...defects], null);
    const levels = SEVERITY_LEVELS.filter((level) => severities.includes(level));
    const changes = presets.flatMap((preset) =>
      levels.map((level) => {
        const severity = severityOf(PRESETS[preset], level);
        const shift = { preset, severity, lamps, seed: config.seed };
        return { preset, level, job: measure(`${preset}-${level}`, shown, shift) };
      }),
    );
    const scores = config.experiments.methods.map((method) => ({
      method,
      seed: seedsOf(input, method)[0]!,
      job: clean[method].scored.test,
    }));
    const result = make<DriftOptions>({
      id: `analysis/drift/${name}`,
      stage: 'analysis',
      kind: 'analysis-drift',
      options: {
        category: name,
        falseAlarm,
        streams,
        confidence: config.metrics.confidence,
        seed: config.seed,
        reference: reference.map(({ id }) => id),
        test: test.map(({ id }) => id),
        defects: defects.map(({ id }) => id),
        clean: asTheyAre.id,
        changes: changes.map(({ preset, level, job }) => ({ preset, level, job: job.id })),
        scores,
      },
      needs: [asTheyAre.id, ...changes.map(({ job }) => job.id), ...scores.map(({ job }) => job)],
      seconds: 0.02 * streams,
    });
    return [asTheyAre, ...changes.map(({ job }) => job), result];
  });
}
