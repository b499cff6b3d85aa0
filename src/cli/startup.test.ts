import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every module loaded when the program starts, before a command imports what it needs. */
function loadedAtStart(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  const statements = source.matchAll(
    /^(?:import|export)\s(?!type\s)[^;]*?from '([^']+)'|^import '([^']+)'/gm,
  );
  for (const [, from, bare] of statements) {
    const target = from ?? bare ?? '';
    if (target.startsWith('.')) loadedAtStart(resolve(dirname(file), target), seen);
    else seen.add(target);
  }
  return seen;
}

const packagesOf = (loaded: readonly string[]) =>
  loaded.filter((name) => !name.startsWith('/') && !name.startsWith('node:'));

describe('starting the program', () => {
  it('loads commander and nothing else from node_modules', () => {
    const start = loadedAtStart(join(import.meta.dirname, 'startCli.ts'));
    expect(packagesOf([...start])).toEqual(['commander']);
  });

  it('loads no package before it may start anew', () => {
    expect(packagesOf([...loadedAtStart(join(import.meta.dirname, 'main.ts'))])).toEqual([]);
  });

  it.each(readdirSync(join(import.meta.dirname, 'commands')))('loads no package for %s', (file) => {
    const loaded = loadedAtStart(join(import.meta.dirname, 'commands', file));
    expect(packagesOf([...loaded])).toEqual([]);
  });

  it('opens a model to predict with before any package is loaded here', () => {
    const predict = join(import.meta.dirname, '../inspection/predict.ts');
    expect(packagesOf([...loadedAtStart(predict)])).toEqual([]);
    const journal = join(import.meta.dirname, 'predictionJournal.ts');
    expect(packagesOf([...loadedAtStart(journal)])).toEqual([]);
  });
});
