/** A piece of a model that lies in a file, with its weights left there. */

import type { ModelProto } from '../onnx/proto/onnx_pb.ts';
import { encodeModel, parseModel } from '../onnx/protoParts.ts';
import { type MappedOptions, openMappedSession } from './mappedSession.ts';
import type { Session, SessionOptions } from './session.ts';

/**
 * As `openMappedSession`.
 * @param cut what is opened of the model; its large weights are named, not there
 */
export const openMappedPiece = <S extends Session>(
  path: string,
  cut: (model: ModelProto) => ModelProto,
  open: (model: Uint8Array, options: SessionOptions) => Promise<S>,
  options: Omit<MappedOptions, 'piece'>,
): Promise<S> =>
  openMappedSession(path, open, {
    ...options,
    piece: (model) => encodeModel(cut(parseModel(model, path))),
  });
