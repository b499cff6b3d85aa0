/** `drift-conditions`: the imaging conditions of images as they are, or under several lamps. */
import { join } from 'node:path';
import type { ImagingConditions } from '../../../detector/inspector/metadata.ts';
import { imagingConditions } from '../../../inspection/conditions/imagingConditions.ts';
import { decodedSamples } from '../../../inspection/decodedSamples.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { applyShift } from '../../../shift/applyShift.ts';
import { PRESETS, type PresetName } from '../../../shift/presets.ts';
import { shiftWords } from '../../../shift/shiftWords.ts';
import { sharedShift } from '../../analysis/drift/sharedShift.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { conditionSamples } from '../condition.ts';
import type { ImagesOptions } from '../jobOptions.ts';

export interface DriftConditionsOptions extends ImagesOptions {
  /** Null: as they are. */
  readonly shift: {
    readonly preset: PresetName;
    readonly severity: number;
    readonly lamps: number;
    readonly seed: number;
  } | null;
}

/** What the job leaves. */
export interface DriftConditions {
  /** A single one for images as they are. */
  readonly lamps: readonly {
    /** What it changes, in words. */
    readonly shift: readonly string[];
    readonly images: readonly { readonly id: string; readonly conditions: ImagingConditions }[];
  }[];
}

const CONDITIONS_FILE = 'conditions.json';

export const readConditions = (folder: string): Promise<DriftConditions> =>
  readJson(join(folder, CONDITIONS_FILE));

export const driftConditionsKind: Kind = {
  name: 'drift-conditions',
  version: 1,
  async run(context: JobContext<DriftConditionsOptions>) {
    const { options, folder, control } = context;
    const samples = await conditionSamples(context);
    const draws = drawsOf(options);
    const lamps = draws.map((draw) => ({
      shift: draw === null ? [] : shiftWords(draw('')),
      images: [] as DriftConditions['lamps'][number]['images'][number][],
    }));
    const decoded = decodedSamples(samples, 'measuring imaging conditions', control);
    for await (const { sample, image } of decoded) {
      for (const [lamp, draw] of draws.entries()) {
        const identity = `${sample.category}/${sample.id}`;
        const picture = draw === null ? image : applyShift(image, draw(identity)).image;
        lamps[lamp]!.images.push({ id: sample.id, conditions: imagingConditions(picture) });
      }
    }
    const document: DriftConditions = { lamps };
    await writeJson(join(folder, CONDITIONS_FILE), document);
  },
};

function drawsOf({ shift }: DriftConditionsOptions) {
  if (shift === null) return [null];
  const { preset, severity, lamps, seed } = shift;
  return Array.from({ length: lamps }, (_, lamp) =>
    sharedShift(PRESETS[preset], { severity, seed, lamp: `lamp ${lamp}` }),
  );
}
