/** The jobs of the ablations: one pass through the backbone for each network, a fit for each level. */
import type { Job } from '../../../pipeline/job.ts';
import type { Method } from '../../../result/scenario.ts';
import { imageRef } from '../../images.ts';
import type {
  AblatePadimOptions,
  AblatePatchcoreOptions,
  AblationLevelOptions,
  AblationOptions,
  PadimVariant,
  PatchcoreVariant,
} from '../../kinds/analysis/ablationOptions.ts';
import { BUILTIN } from '../../kinds/analysis/variantImages.ts';
import type {
  EmbedOptions,
  FeaturesOptions,
  PadimOptions,
  PatchcoreOptions,
} from '../../kinds/jobOptions.ts';
import { filesOf } from '../conditionImages.ts';
import type { CategoryPlan } from '../planCategory.ts';
import type { StudyCategory, StudyInput } from '../studyInput.ts';
import { jobMaker, judgeOptions, networkOptions, seedsOf } from '../studyJob.ts';
import {
  basePadim,
  basePatchcore,
  type Factor,
  type Level,
  type NetworkChange,
  padimFactors,
  patchcoreFactors,
} from './ablationLevels.ts';

export function planAblation(input: StudyInput, plans: readonly CategoryPlan[]): Job[] {
  return plans.flatMap(({ category }) =>
    input.config.experiments.methods.flatMap((method) =>
      method === 'patchcore' ? patchcoreJobs(input, category) : padimJobs(input, category),
    ),
  );
}

function patchcoreJobs(input: StudyInput, category: StudyCategory): Job[] {
  const make = jobMaker(input);
  const { name, split } = category;
  const id = (rest: string) => `analysis/ablation/${name}/patchcore/${rest}`;
  const layers = ablationLayers(input);
  const own = networkOptions(input, 'patchcore') as PatchcoreOptions;
  const side = own.embedding === 'concat' ? layers : own.layers;
  const joint: PatchcoreOptions = { ...own, layers: side, ...pooling(layers) };
  const images = imagesOf(category);
  const seconds = input.backbone.seconds * images.options.images.length;
  // All layers and all images of the category: other features than the study's own.
  const features = make<FeaturesOptions>({
    id: id('features'),
    stage: 'analysis',
    kind: 'features',
    options: {
      ...images.options,
      parts: [{ method: 'patchcore', network: joint, seeds: [] }],
      described: false,
    },
    files: images.files,
    seconds,
    transient: true,
  });
  const embed = make<EmbedOptions>({
    id: id('embed'),
    stage: 'analysis',
    kind: 'embed',
    options: { ...images.options, network: joint },
    files: images.files,
    features: [features.id],
    seconds: 0.02 * images.options.images.length,
  });
  const jobs = new Map<string, Job>();
  const fit = (place: string, variant: PatchcoreVariant, change: NetworkChange | undefined) => {
    const stored = change === undefined;
    const job = make<AblatePatchcoreOptions>({
      id: id(place),
      stage: 'analysis',
      kind: 'ablate-patchcore',
      options: {
        ...images.options,
        training: split.train.length,
        seed: seedsOf(input, 'patchcore')[0]!,
        network: stored ? joint : changed(own, change, layers),
        embeddings: stored ? embed.id : null,
        variants: [variant],
      },
      files: stored ? [] : images.files,
      needs: stored ? [embed.id] : [],
      seconds: 0.06 * images.options.images.length + (stored ? 0 : seconds),
    });
    jobs.set(job.id, job);
    return { job: job.id, variant: variant.id };
  };
  const base = basePatchcore(input);
  const baseLevel: AblationLevelOptions = {
    label: 'base',
    base: true,
    ...fit('base', base, undefined),
    score: 0,
  };
  const place = (factor: string, level: Level<PatchcoreVariant>): AblationLevelOptions => {
    const { label, change, network, score = 0 } = level;
    if (isBase(level)) return { ...baseLevel, label, base: score === 0, score };
    const layered = network?.builtin ? { layers: [BUILTIN] } : {};
    const variant = { ...base, ...change, ...layered, scores: base.scores.slice(0, 1) };
    const found = fit(`${factor}/${label.replaceAll(' ', '')}`, { ...variant, id: label }, network);
    return { label, base: false, ...found, score: 0 };
  };
  const final = finalJob(
    input,
    category,
    'patchcore',
    layers,
    baseLevel,
    patchcoreFactors(input, layers),
    place,
  );
  return [features, embed, ...jobs.values(), final];
}

/** All variants of a network share its one pass. */
function padimJobs(input: StudyInput, category: StudyCategory): Job[] {
  const make = jobMaker(input);
  const { name, split } = category;
  const own = networkOptions(input, 'padim') as PadimOptions;
  const { layers } = own;
  const images = imagesOf(category);
  const id = (rest: string) => `analysis/ablation/${name}/padim/${rest}`;
  const baseLevel = { label: 'base', base: true, job: id('own'), variant: 'base', score: 0 };
  const base = basePadim(input);
  const variants: PadimVariant[] = [base];
  const place = (factor: string, { label, change, network }: Level<PadimVariant>) => {
    if (network !== undefined)
      return { label, base: false, job: id('builtin'), variant: 'base', score: 0 };
    if (Object.keys(change).length === 0) return { ...baseLevel, label };
    const variant = { ...base, ...change, id: `${factor} ${label}` };
    variants.push(variant);
    return { label, base: false, job: id('own'), variant: variant.id, score: 0 };
  };
  const factors = padimFactors(input);
  const final = finalJob(input, category, 'padim', layers, baseLevel, factors, place);
  const pass = (network: PadimOptions, rest: string, fitted: readonly PadimVariant[]) =>
    make<AblatePadimOptions>({
      id: id(rest),
      stage: 'analysis',
      kind: 'ablate-padim',
      options: {
        ...images.options,
        training: split.train.length,
        seed: seedsOf(input, 'padim')[0]!,
        network,
        variants: fitted,
      },
      files: images.files,
      seconds: (input.backbone.seconds + 0.03 * fitted.length) * images.options.images.length,
    });
  const passes = [pass({ ...own, ...pooling(layers) }, 'own', variants)];
  if (final.needs?.includes(id('builtin'))) {
    passes.push(pass(changed(own, { builtin: true }, layers), 'builtin', [base]));
  }
  return [...passes, final];
}

function finalJob<V>(
  input: StudyInput,
  { name, split }: StudyCategory,
  method: Method,
  layers: readonly string[],
  base: AblationLevelOptions,
  factors: readonly Factor<V>[],
  place: (factor: string, level: Level<V>) => AblationLevelOptions,
): Job {
  const compared = factors.filter(({ levels }) => levels.length > 1);
  const placed = compared.map(({ factor, levels }) => ({
    factor,
    levels: levels.map((level) => place(factor, level)),
  }));
  const needs = [base, ...placed.flatMap(({ levels }) => levels)].map(({ job }) => job);
  return jobMaker(input)<AblationOptions>({
    id: `analysis/ablation/${name}/${method}`,
    stage: 'analysis',
    kind: 'analysis-ablation',
    options: {
      category: name,
      method,
      seed: seedsOf(input, method)[0]!,
      judge: judgeOptions(input),
      training: split.train.length,
      validation: split.val.map(imageRef),
      test: split.test.map(imageRef),
      layers,
      base,
      factors: placed,
      leftOut: factors
        .filter((factor) => !compared.includes(factor))
        .map(({ factor }) => ({ factor, reason: 'there is one level only to compare' })),
    },
    needs,
    seconds: 3,
  });
}

/** Training images first, then those that are scored. */
function imagesOf({ name, split }: StudyCategory) {
  const images = [...split.train, ...split.val, ...split.test];
  return {
    options: { category: name, images: images.map(imageRef), condition: null },
    files: filesOf(name, images),
  };
}

/** The backbone's first three, and the study's own where those are others. */
function ablationLayers({ layers }: StudyInput): string[] {
  const known = [...layers.padim, ...layers.patchcore];
  return [...new Set(known)];
}

/** To the second layer's grid: 28 x 28 of a ResNet at 224 pixels. */
const pooling = (layers: readonly string[]) =>
  layers[1] === undefined ? {} : { pooledTo: layers[1] };

function changed<N extends PatchcoreOptions | PadimOptions>(
  network: N,
  { size, embedding, builtin }: NetworkChange,
  layers: readonly string[],
): N {
  const { resize, crop } = network.preprocessing;
  if (builtin) {
    return { ...network, backbone: { name: BUILTIN, sha256: null }, layers: [BUILTIN] };
  }
  return {
    ...network,
    ...pooling(layers),
    ...(embedding !== undefined && { embedding }),
    ...(size !== undefined && {
      preprocessing: { resize: size, crop: Math.round((size * crop) / resize) },
    }),
  };
}

const isBase = ({ change, network }: Level<PatchcoreVariant>): boolean =>
  network === undefined && Object.keys(change).length === 0;
