/**
 * A model in a file of which only what is asked for is read. Its large weights stay where they are:
 * a hundred megabytes take half a second to be read, and what learns from a model wants some of them
 * alone.
 */
import { inputError } from '../../core/error.ts';
import { readFully } from '../../core/readFully.ts';
import { openRegularFile } from '../../core/regularFile.ts';
import { fileSource } from './fileSource.ts';
import { type Constant, constantFrom, constantTensor } from './halfConstants.ts';
import { leaveWeights } from './leaveWeights.ts';
import type { ModelProto, TensorProto } from './proto/onnx_pb.ts';
import { parseModel } from './protoParts.ts';

/**
 * A float32 constant by its name, however it is stored; its numbers are the caller's to change.
 * @param room memory to have behind them, as a share of theirs: for what is to be added. Halves have none.
 */
export type FindConstant = (name: string, room?: number) => Promise<Constant | undefined>;

export interface StoredModel extends AsyncDisposable {
  /** Its large weights are named, not there. */
  readonly model: ModelProto;
  readonly constant: FindConstant;
  /** This model, or one that has taken over some of it, with all weights in memory. */
  withWeights(model: ModelProto): Promise<ModelProto>;
}

/**
 * All that is read comes from the same file, also where another has taken its place meanwhile.
 * @param path of a model that `requireDataOnlyFile` has passed
 * @throws FlawmapError (input) where it was changed since; later, where it was cut short
 */
export async function openStoredModel(path: string): Promise<StoredModel> {
  const file = await openRegularFile(path);
  const read = async ({ start, length }: Place, room = 0): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = new Uint8Array(new ArrayBuffer(length + Math.ceil(room * length)), 0, length);
    const filled = await readFully(file, bytes, start);
    if (filled < length) throw wasChanged(path, `its end at byte ${start + filled}`);
    return bytes;
  };
  const withNumbers = async (tensor: TensorProto): Promise<TensorProto> => {
    const place = placeOf(tensor);
    if (place === undefined) return tensor;
    return { ...tensor, rawData: await read(place), externalData: [], dataLocation: 0 };
  };
  try {
    const model = parseModel(leaveWeights(await fileSource(file), path), path);
    return {
      model,
      async constant(name, room) {
        const tensor = constantTensor(model, name);
        const place = tensor && placeOf(tensor);
        return tensor && constantFrom(tensor, place && (await read(place, room)));
      },
      async withWeights(piece) {
        const { graph } = piece;
        if (graph === undefined) return piece;
        const initializer: TensorProto[] = [];
        for (const tensor of graph.initializer) initializer.push(await withNumbers(tensor));
        return { ...piece, graph: { ...graph, initializer } };
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    // What is no message any more was one when the file was checked.
    throw error instanceof RangeError ? wasChanged(path, error.message, error) : error;
  }
}

interface Place {
  readonly start: number;
  readonly length: number;
}

/** Where the numbers of a tensor lie that `leaveWeights` has left. */
function placeOf({ externalData }: TensorProto): Place | undefined {
  if (externalData.length === 0) return undefined;
  const { offset, length } = Object.fromEntries(externalData.map(({ key, value }) => [key, value]));
  return { start: Number(offset), length: Number(length) };
}

const wasChanged = (path: string, found: string, cause?: unknown) =>
  inputError({
    what: `${path} was changed while it was read`,
    expected: 'a model that stays as it is until the work is done',
    found,
    remedy: 'start again; put a new model into the place of one in use by moving it there (mv)',
    cause,
  });
