import { readdirSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ofTheDead } from '../../test/support/partials.ts';
import { makeTree } from '../../test/support/tree.ts';
import { partialOf, sweepPartials } from './partial.ts';
import { newSession } from './session.ts';

const ofAnotherHost = (name: string): string =>
  `${name}.partial-${newSession().replace(/^[^~]+/, 'elsewhere+1')}`;

describe('partialOf', () => {
  it('lies beside the target, and is never the same twice', () => {
    const [first, second] = [partialOf('/data/out.bin'), partialOf('/data/out.bin')];
    expect(first.startsWith('/data/out.bin.partial-')).toBe(true);
    expect(first).not.toBe(second);
  });

  it('is a name that file systems take, however long the target is called', () => {
    const name = basename(partialOf(`/data/${'\u6f22'.repeat(85)}`));
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});

describe('sweepPartials', () => {
  it('removes what the dead have left, files and folders, and nothing else', async () => {
    const own = basename(partialOf('/x/out'));
    const kept = [own, 'out', 'my.partial-file', ofAnotherHost('out')];
    const left = [ofTheDead('out'), `${ofTheDead('set')}/inside`];
    const root = makeTree(Object.fromEntries([...kept, ...left].map((name) => [name, 'x'])));
    await sweepPartials(root);
    expect(readdirSync(root).sort()).toEqual([...kept].sort());
  });

  it('removes what another machine has left a day ago', async () => {
    const name = ofAnotherHost('out');
    const root = makeTree({ [name]: 'x' });
    const before = Date.now() / 1000 - 25 * 3600;
    utimesSync(join(root, name), before, before);
    await sweepPartials(root);
    expect(readdirSync(root)).toEqual([]);
  });

  it('passes over a folder that is not there', async () => {
    await sweepPartials(join(makeTree({}), 'missing'));
  });
});
