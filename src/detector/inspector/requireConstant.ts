import { inputError } from '../../core/error.ts';
import type { Constant } from '../../tensor/onnx/halfConstants.ts';
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';

/**
 * A constant of what an inspector has learnt.
 * @param room as for `FindConstant`
 * @throws FlawmapError (input) where it is not there
 */
export async function requireConstant(
  constant: FindConstant,
  name: string,
  room?: number,
): Promise<Constant> {
  const found = await constant(name, room);
  if (found !== undefined) return found;
  throw inputError({
    what: 'the inspector cannot be updated',
    expected: `what it has learnt, in the constant ${name} of its graph`,
    found: 'no such constant of float32 numbers',
    remedy: 'fit it again with this version of flawmap',
  });
}
