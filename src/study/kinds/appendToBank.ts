/** PatchCore under a lamp: pictures append rows to its bank. */
import { appendPictures } from '../../detector/patchcore/appending.ts';
import type { Adapt } from './adaptation.ts';
import { readBank } from './bank.ts';

export const appendToBank: Adapt = async (context, pool, test, orders, pictures, visit) => {
  const { options, inputs, control } = context;
  const { bank, standardisation } = await readBank(inputs[options.model]!);
  await appendPictures(
    bank,
    standardisation,
    pool,
    test,
    {
      orders,
      levels: pictures,
      // Pixels are judged on the first draw; the maximum score needs no more of the others.
      whole: options.score.kind === 'max' ? 1 : orders.length,
    },
    (draw, level, { rows, targets, chosen }) => visit(draw, level, { rows, test: targets, chosen }),
    control,
  );
};
