/** The jobs that measure what model files take: one for each category and method. */
import type { Job } from '../../../pipeline/job.ts';
import type { Method } from '../../../result/scenario.ts';
import { imageRef } from '../../images.ts';
import type { CoresetOptions, EfficiencyOptions } from '../../kinds/analysis/efficiencyOptions.ts';
import type { BankOptions, PatchcoreOptions } from '../../kinds/jobOptions.ts';
import { filesOf } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyInput } from '../studyInput.ts';
import { jobMaker, mapSize, networkOptions, scoreSpec, seedsOf } from '../studyJob.ts';

export function planEfficiency(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  return plans.flatMap((plan) =>
    input.config.experiments.methods.flatMap((method) => {
      if (method === 'padim') return [finalJob(input, plan, method, null)];
      const { bank, coreset } = planCoreset(input, plan);
      return [...bank, finalJob(input, plan, method, coreset)];
    }),
  );
}

function finalJob(
  input: StudyInput,
  { category: { name, split } }: CategoryPlan,
  method: Method,
  coreset: CoresetOptions | null,
): Job {
  const model = `model/${name}/clean/${method}`;
  return jobMaker(input)<EfficiencyOptions>({
    id: `analysis/efficiency/${name}/${method}`,
    stage: 'analysis',
    kind: 'analysis-efficiency',
    options: {
      category: name,
      images: split.test.map(imageRef),
      condition: null,
      method,
      seed: seedsOf(input, method)[0]!,
      model,
      timed: input.config.analysis.efficiency.images,
      coreset,
    },
    files: filesOf(name, split.test),
    needs: [model, ...(coreset === null ? [] : [coreset.bank])],
    alone: true,
    seconds: 5 + 3 * input.backbone.seconds * split.test.length,
  });
}

/** The study's own bank serves where it is the largest; null where there is nothing to compare. */
function planCoreset(
  input: StudyInput,
  { category: { name, split }, embedding, clean }: CategoryPlan,
): { readonly bank: readonly Job[]; readonly coreset: CoresetOptions | null } {
  const { coreset: own } = input.config.patchcore;
  const seed = seedsOf(input, 'patchcore')[0]!;
  // A bank of all patches is not chosen one by one, so that none smaller is a part of it.
  const asked = [...input.config.analysis.efficiency.coreset, ...(own < 1 ? [own] : [])];
  const shares = [...new Set(asked)].sort((a, b) => a - b);
  const largest = shares.at(-1);
  if (largest === undefined) return { bank: [], coreset: null };
  const coreset = {
    shares,
    own,
    training: split.train.length,
    network: networkOptions(input, 'patchcore') as PatchcoreOptions,
    score: scoreSpec(input),
  };
  if (largest === own)
    return { bank: [], coreset: { ...coreset, bank: clean.patchcore.models.jobs[0]! } };
  const bank = jobMaker(input)<BankOptions>({
    id: `analysis/efficiency/${name}/bank`,
    stage: 'analysis',
    kind: 'bank',
    options: {
      embeddings: [embedding.id],
      coreset: largest,
      score: scoreSpec(input),
      seed,
      size: mapSize(input),
    },
    needs: [embedding.id],
    seconds: 0.2 * split.train.length,
  });
  return { bank: [bank], coreset: { ...coreset, bank: bank.id } };
}
