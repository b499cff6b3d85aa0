/** An inspector that looks at all of a photograph, or at the part that is asked for. */
import {
  type Inspection,
  type InspectorOptions,
  openInspector,
  readInspectorMetadata,
} from '../../detector/inspector/inspector.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import type { RgbImage } from '../../image/image.ts';
import { choosesPart } from './choosesPart.ts';
import type { Looked, LookOptions } from './look.ts';

export interface LookingInspector extends AsyncDisposable {
  readonly metadata: InspectorMetadata;
  /** @param name of the photograph, for messages */
  inspect(image: RgbImage, name: string): Promise<Looked | Inspection>;
}

/** @throws FlawmapError as `openInspector` and `openLook` do */
export async function openLookingInspector(
  path: string,
  options: LookOptions,
  inspecting: InspectorOptions = {},
): Promise<LookingInspector> {
  if (!choosesPart(options)) return openInspector(path, inspecting);
  // Whoever looks at all of a photograph opens the model without waiting for this to be loaded.
  const { needsDistances, openLook } = await import('./look.ts');
  const metadata = await readInspectorMetadata(path);
  const look = await openLook(options, metadata);
  const distances = needsDistances(metadata);
  const inspector = await openInspector(path, { ...inspecting, metadata, distances });
  return {
    metadata,
    inspect: async (image, name) => look(await inspector.inspect(image), image, name),
    [Symbol.asyncDispose]: () => inspector[Symbol.asyncDispose](),
  };
}
