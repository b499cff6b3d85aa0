import { join } from 'node:path';
import { expect, it } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { isBroken, NO_LINE, openLine, sealLine } from './journalLine.ts';
import { journalOptions } from './journalOptions.ts';

it('says what was asked for, masks by their content, and nothing where nothing was', async () => {
  const mask = join(makeTree({ 'mask.png': 'black and white' }), 'mask.png');
  const box = { x: 1, y: 2, width: 30, height: 40 };
  const given = { roi: box, ignore: [box, mask], mmPerPixel: 0.5, device: 'cuda' };
  const options = await journalOptions(given);
  expect(options).toEqual({
    ...given,
    ignore: [box, { mask, sha256: sha256('black and white') }],
  });
  const { text } = sealLine({ ...journalEntry(1), options }, NO_LINE);
  const line = openLine(Buffer.from(text));
  expect(isBroken(line) || line.options).toEqual(options);
  expect(await journalOptions({ device: 'cpu', ignore: [] })).toBeUndefined();
  await expect(journalOptions({ ignore: [`${mask}.not`] })).rejects.toThrow('cannot read the mask');
});
