import { usageError } from '../../core/error.ts';
import type { EmbeddingKind } from '../../detector/embedding.ts';
import type { ScoreKind, ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import type { TilingChoice } from '../../detector/tiling/tiling.ts';
import type { Method } from '../../inspection/fit.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, choice, flag, list, number, rectangle, text } from '../parameters.ts';
import { profiled, profileOption } from '../profile.ts';

const METHODS = ['patchcore', 'padim'] as const satisfies readonly Method[];
const EMBEDDINGS = ['concat', 'paper1024'] as const satisfies readonly EmbeddingKind[];
const SCORES = ['max', 'reweighted', 'topk'] as const satisfies readonly ScoreKind[];

export const fitCommand = defineCommand({
  name: 'fit',
  summary: 'learn what normal looks like from good images, and write it as one ONNX file',
  description: `Learns from train/good and holds out a seeded 20% of it to set the thresholds on. DATA holds
several categories in the MVTec AD layout, or is one category itself, or a plain folder of good
images. Test images are never looked at.

With --calibrate the image threshold is the one of the highest F1 on those labelled images (and on
those held out); without, it follows from the good images and --fpr.

With --roi and --ignore, scores, maps and flaws are of a part of the photographs: predict, evaluate and
every other program that runs the file look there alone, and the thresholds were set there.

With --tile small flaws in large photographs are kept: they are looked at tile by tile, in memory that
does not grow with them. The tiling is part of the file; docs/large-images.md tells what it costs.`,
  arguments: { data: argument('folder of good images, or of categories') },
  options: {
    category: text('--category <name>', 'which category, where DATA holds several'),
    output: text('-o, --output <file>', 'the file to write, such as bottle.onnx', {
      required: true,
    }),
    method: choice('--method <name>', 'how normality is modelled', METHODS, {
      default: 'patchcore',
    }),
    backbone: text(
      '--backbone <name|file>',
      'the feature network: a name from `flawmap backbone list`, or an .onnx or .safetensors file',
      { default: 'filterbank' },
    ),
    layers: list('--layers <names>', "its layers, finest first (default: the backbone's own)"),
    embedding: choice(
      '--embedding <kind>',
      'patchcore: how layers become patch vectors',
      EMBEDDINGS,
      {
        default: 'concat',
      },
    ),
    coreset: number('--coreset <share>', 'patchcore: share of the patches to keep', {
      min: 0,
      max: 1,
      default: 0.05,
    }),
    score: choice('--score <kind>', "patchcore: an image's score from its patches", SCORES, {
      default: 'max',
    }),
    topk: number('--topk <share>', 'share of patches averaged by --score topk (default: 0.01)', {
      min: 0,
      max: 1,
    }),
    channels: number('--channels <n>', 'padim: channels drawn among those of the layers', {
      min: 1,
      integer: true,
      default: 100,
    }),
    resize: number('--resize <pixels>', 'squash images to a square of this edge (default: 224)', {
      min: 1,
      integer: true,
    }),
    crop: number('--crop <pixels>', 'then keep the central square (default: all of it)', {
      min: 1,
      integer: true,
    }),
    tile: number(
      '--tile <pixels>',
      'patchcore: look at photographs at their own size, in squares of this edge; 512 is usual',
      { min: 1, integer: true },
    ),
    halo: number(
      '--halo <pixels>',
      'context around each tile that is computed and not kept (default: filterbank 64, networks 128)',
      { min: 0, integer: true },
    ),
    shrink: number(
      '--shrink <n>',
      'first bring n x n pixels of the photograph to one (default: 1)',
      { min: 1, integer: true },
    ),
    calibrate: text(
      '--calibrate <dir>',
      'labelled images to calibrate on: good/ and a folder for each type of defect',
    ),
    fpr: number(
      '--fpr <share>',
      'false positive rate to aim at (default: 0.05, or the least that the images allow)',
      { min: 0, max: 1, between: true },
    ),
    roi: rectangle('--roi <x,y,w,h>', 'look only at this rectangle, in pixels of the photographs'),
    ignore: text(
      '--ignore <file>',
      'mask of a photograph, not black where nothing counts: a clamp, a label',
    ),
    exclude: text('--exclude <file>', 'training images to leave out, one a line'),
    seed: number('--seed <n>', 'decides what is held out and where the coreset starts', {
      min: 0,
      integer: true,
      default: 42,
    }),
    device: deviceOption,
    profile: profileOption,
    thumbnails: flag('--no-thumbnails', 'keep no small copies of the training images in the file'),
  },
  json: true,
  examples: [
    {
      command: 'fit data --category bottle -o bottle.onnx',
      explanation: 'Learn from data/bottle/train/good; no weights are needed',
    },
    {
      command: 'fit photos/good -o part.onnx --calibrate photos/labelled',
      explanation: 'A plain folder, and labelled images that set the threshold',
    },
    {
      command: 'fit photos/good -o part.onnx --roi 40,0,600,480 --ignore clamp.png',
      explanation: 'Look at a part of the photographs, and not at the clamp in it',
    },
    {
      command: 'fit photos/good -o plate.onnx --tile 512',
      explanation: 'Large photographs with small flaws, at their own size',
    },
    {
      command:
        'fit data --category bottle -o bottle.onnx --backbone resnet50 --resize 256 --crop 224',
      explanation: 'A pretrained network, after `flawmap backbone pull resnet50`',
    },
  ],
  async run(
    { control, log, print, paint },
    { topk, resize, crop, tile, halo, shrink, device, profile, ...options },
  ) {
    const score = scoreSpec(options.score, topk);
    const tiling = tilingOf({ tile, halo, shrink });
    if (tiling !== undefined) refuseBeside('--tile', { '--resize': resize, '--crop': crop });
    await useDevice(device, { log });
    const { fit } = await import('../../inspection/fit.ts');
    const { describeFit } = await import('../describe/describeFit.ts');
    const { describeSkipped } = await import('../describe/describeSkipped.ts');
    const edge = resize ?? DEFAULT_RESIZE;
    const preprocessing = { resize: edge, crop: crop ?? edge };
    const report = await profiled(profile, () =>
      fit({ ...options, score, preprocessing, tiling }, control),
    );
    const skipped = describeSkipped(report.skipped);
    if (skipped !== undefined) log.warn(skipped);
    print(describeFit(report, options, paint));
    return { json: report };
  },
});

const DEFAULT_TOPK = 0.01;
const DEFAULT_RESIZE = 224;

interface GivenTiling {
  readonly tile: number | undefined;
  readonly halo: number | undefined;
  readonly shrink: number | undefined;
}

function tilingOf({ tile, halo, shrink }: GivenTiling): TilingChoice | undefined {
  if (tile !== undefined) return { tile, halo, shrink };
  const [lost] = Object.entries({ '--halo': halo, '--shrink': shrink }).filter(
    ([, value]) => value !== undefined,
  );
  if (lost === undefined) return undefined;
  throw usageError({
    what: `${lost[0]} has no effect without --tile`,
    expected: '--tile beside it',
    found: 'no --tile',
    remedy: `add --tile 512, or leave ${lost[0]} away`,
  });
}

/** What would silently do nothing beside another option. */
function refuseBeside(option: string, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    throw usageError({
      what: `${name} has no effect with ${option}`,
      expected: `one of the two`,
      found: `${name} ${value}`,
      remedy: 'leave one of them away; --shrink makes photographs smaller before they are tiled',
    });
  }
}

/** `--topk` says how `--score topk` works and would silently do nothing beside another score. */
function scoreSpec(kind: ScoreKind, topk: number | undefined): ScoreSpec {
  if (topk === undefined || kind === 'topk') return { kind, topk: topk ?? DEFAULT_TOPK };
  throw usageError({
    what: `--topk has no effect with --score ${kind}`,
    expected: '--score topk beside it',
    found: `--score ${kind}`,
    remedy: 'add --score topk, or leave --topk away',
  });
}
