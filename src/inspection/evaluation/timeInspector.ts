/** How long an inspector takes for images that come one by one, with nothing else at work. */

import type { RunControl } from '../../core/progress.ts';
import { openInspector } from '../../detector/inspector/inspector.ts';
import { STEP_NAMES, type StepName } from '../../detector/inspector/stageInspector.ts';
import { openStagedInspector } from '../../detector/tiling/openStagedInspector.ts';
import type { RgbImage } from '../../image/image.ts';
import { decodedSamples } from '../decodedSamples.ts';

/** Milliseconds of one image. */
export type StepTimes = Readonly<Record<'decode' | StepName | 'total', number>>;

export function stepTimes(decode: number, steps: Readonly<Record<StepName, number>>): StepTimes {
  const total = STEP_NAMES.reduce((sum, step) => sum + steps[step], decode);
  return { decode, ...steps, total };
}

type Images = readonly { readonly path: string }[];

/** The first runs of a session are slower: memory is laid out and pages are touched. */
const WARM_UP = 3;

/** Each step in a session of its own; the first image is inspected some times before it counts. */
export async function timeSteps(
  model: string,
  images: Images,
  control: RunControl,
): Promise<StepTimes[]> {
  await using inspector = await openStagedInspector(model);
  const times: StepTimes[] = [];
  await eachWarm(images, 'timing steps', control, inspector.inspect, ({ milliseconds }, decode) =>
    times.push(stepTimes(decode, milliseconds)),
  );
  return times;
}

export interface InspectorTimes {
  /** Milliseconds to open the model. */
  readonly open: number;
  /** Resident bytes of the process then. */
  readonly openedBytes: number;
  /** Milliseconds for each image, decoding aside. */
  readonly inspect: readonly number[];
}

/** The whole model in one session, as `predict` runs it. */
export async function timeInspector(
  model: string,
  images: Images,
  control: RunControl,
): Promise<InspectorTimes> {
  const start = performance.now();
  await using inspector = await openInspector(model);
  const open = performance.now() - start;
  const openedBytes = process.memoryUsage.rss();
  const inspect: number[] = [];
  const timed = async (image: RgbImage) => {
    const before = performance.now();
    await inspector.inspect(image);
    return performance.now() - before;
  };
  await eachWarm(images, 'timing the model', control, timed, (time) => inspect.push(time));
  return { open, openedBytes, inspect };
}

/** One image at a time: the next is decoded when this one is done. */
async function eachWarm<T>(
  images: Images,
  step: string,
  control: RunControl,
  run: (image: RgbImage) => Promise<T>,
  visit: (result: T, decodeMilliseconds: number) => void,
): Promise<void> {
  let isWarm = false;
  for await (const { image, milliseconds } of decodedSamples(images, step, control, 1)) {
    if (!isWarm) for (let i = 0; i < WARM_UP; i++) await run(image);
    isWarm = true;
    visit(await run(image), milliseconds);
  }
}
