/**
 * An inspector that also tells which row of its memory bank each patch is nearest to. The search
 * has that inside the graph; here it becomes an output, without decoding the file.
 */
import type { InspectorMetadata } from '../detector/inspector/metadata.ts';

/** Names of the graph's tensors: float32 [patches] and int64 [patches]. */
export interface SearchOutputs {
  readonly distance: string;
  readonly index: string;
}

/**
 * @returns undefined for PaDiM, which keeps no patches to be near to, and where photographs are looked
 * at in tiles: the search is in the body of a loop, which gives distances alone
 */
export function searchOutputs({
  detector,
  steps,
  tiling,
}: InspectorMetadata): SearchOutputs | undefined {
  const [distance, index] = steps.search;
  const isWhole = detector.method === 'patchcore' && tiling === undefined;
  if (!isWhole || distance === undefined || index === undefined) return undefined;
  return { distance, index };
}

const FLOAT = 1;
const INT64 = 7;

/**
 * Bytes that follow those of the model: a second `graph` with outputs alone. In protobuf a message
 * that occurs twice is one message, whose lists go on (Protocol Buffers, "Encoding", last one wins).
 * Source of the field numbers: onnx.proto.
 */
export function exposeSearch({ distance, index }: SearchOutputs): Uint8Array {
  const outputs = [...output(distance, FLOAT), ...output(index, INT64)];
  return Uint8Array.from(message(7, outputs));
}

/** GraphProto.output: ValueInfoProto of a name and a tensor type without a shape. */
function output(name: string, elementType: number): number[] {
  const tensorType = message(1, [0x08, elementType]);
  return message(12, [
    ...message(1, [...new TextEncoder().encode(name)]),
    ...message(2, tensorType),
  ]);
}

/** A length-delimited field. */
const message = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}
