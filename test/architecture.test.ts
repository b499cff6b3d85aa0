/**
 * The shape of the code, held by a test: who may import whom, which packages have one importer,
 * how long files may be. ARCHITECTURE.md explains the table below and is checked against it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Each folder of src/ and the folders it may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  tensor: ['core'],
  image: ['core'],
  metrics: ['core'],
  stats: ['core'],
  manifold: ['core'],
  data: ['core', 'image'],
  shift: ['core', 'image', 'data'],
  pipeline: ['core'],
  store: ['core', 'pipeline'],
  queue: ['core', 'pipeline', 'store'],
  journal: ['core'],
  result: ['core'],
  tracking: ['core'],
  report: ['core', 'image', 'metrics', 'stats', 'result'],
  backbone: ['core', 'tensor'],
  detector: ['core', 'tensor', 'image', 'backbone'],
  calibration: ['core', 'stats', 'metrics'],
  drift: ['core', 'stats'],
  inspection: [
    'core',
    'tensor',
    'image',
    'metrics',
    'stats',
    'data',
    'backbone',
    'detector',
    'calibration',
    'drift',
  ],
  browser: ['core', 'image', 'detector', 'inspection'],
  watch: ['core', 'image', 'journal', 'detector', 'inspection'],
  study: [
    'core',
    'tensor',
    'image',
    'metrics',
    'stats',
    'manifold',
    'data',
    'shift',
    'pipeline',
    'result',
    'tracking',
    'report',
    'backbone',
    'detector',
    'calibration',
    'drift',
    'inspection',
  ],
  serve: ['core', 'image', 'detector', 'calibration', 'inspection', 'pipeline', 'journal'],
  cli: [
    'core',
    'tensor',
    'image',
    'stats',
    'data',
    'shift',
    'pipeline',
    'queue',
    'journal',
    'result',
    'report',
    'backbone',
    'detector',
    'calibration',
    'inspection',
    'study',
    'serve',
    'watch',
  ],
};

/** Packages that one file or folder alone may import. */
const ONLY_IMPORTER: Readonly<Record<string, string>> = {
  bullmq: 'src/queue',
  ioredis: 'src/queue',
  '@aws-sdk/client-s3': 'src/store',
  'onnxruntime-node': 'src/tensor/session/session.ts',
  sharp: 'src/image',
  '@bufbuild/protobuf': 'src/tensor',
  commander: 'src/cli',
  'cli-progress': 'src/cli',
  pino: 'src/cli',
  hono: 'src/serve',
  '@hono/node-server': 'src/serve',
  'prom-client': 'src/serve',
  chokidar: 'src/watch',
  tar: 'src/data',
  'umap-js': 'src/manifold',
  'xz-decompress': 'src/data',
};

const LONGEST_FILE = 350;

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('_pb.ts'))
  .map((name) => join('src', name));
const sources = files.filter((file) => !file.endsWith('.test.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1]!);
}

/** The package's entry, `src/index.ts`, lies above all folders. */
const ENTRY = 'index.ts';
const folderOf = (file: string): string => file.split('/')[1]!;

/** A relative import as a path from the root. */
const target = (file: string, specifier: string): string =>
  relative(ROOT, resolve(ROOT, dirname(file), specifier));

describe('the code', () => {
  it('has only the folders the table knows', () => {
    const folders = new Set(sources.filter((file) => file.split('/').length > 2).map(folderOf));
    expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(sources)('%s imports downwards only', (file) => {
    const below = folderOf(file) === ENTRY ? Object.keys(MAY_IMPORT) : MAY_IMPORT[folderOf(file)]!;
    const allowed = [folderOf(file), ...below];
    for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
      const imported = target(file, specifier);
      if (imported === 'package.json') continue;
      expect(allowed, `${file} imports ${specifier}`).toContain(folderOf(imported));
      expect(imported).not.toMatch(/\.test\.ts$/);
    }
  });

  it.each(Object.entries(MAY_IMPORT))(
    'in src/%s uses all that it may import',
    (folder, allowed) => {
      const imported = sources
        .filter((file) => folderOf(file) === folder)
        .flatMap((file) => importsOf(file).map((specifier) => folderOf(target(file, specifier))));
      expect(allowed.filter((other) => !imported.includes(other))).toEqual([]);
    },
  );

  it.each(Object.entries(ONLY_IMPORTER))('only %s is imported by %s', (name, owner) => {
    const importers = sources.filter((file) =>
      importsOf(file).some((specifier) => specifier === name || specifier.startsWith(`${name}/`)),
    );
    expect(importers.length).toBeGreaterThan(0);
    for (const file of importers) expect(file.startsWith(owner), file).toBe(true);
  });

  it('has no circular imports', () => {
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      expect(state.get(file), [...path, file].join(' -> ')).not.toBe('open');
      state.set(file, 'open');
      for (const specifier of importsOf(file)) {
        const imported = specifier.startsWith('.') ? target(file, specifier) : undefined;
        if (imported !== undefined && sources.includes(imported)) visit(imported, [...path, file]);
      }
      state.set(file, 'done');
    };
    for (const file of sources) visit(file, []);
  });

  it.each(files)('%s is short', (file) => {
    expect(readFileSync(join(ROOT, file), 'utf8').split('\n').length).toBeLessThanOrEqual(
      LONGEST_FILE,
    );
  });
});

describe('tests', () => {
  it.each(files.filter((file) => file.endsWith('.test.ts')))(
    '%s replaces modules only where that is seen from its name',
    (file) => {
      const replaces = /^vi\.mock\(/m.test(readFileSync(join(ROOT, file), 'utf8'));
      expect(replaces).toBe(file.endsWith('.mocked.test.ts'));
    },
  );
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

  it.each(Object.entries(MAY_IMPORT))('shows what src/%s may import', (folder, allowed) => {
    const row = text.split('\n').find((line) => line.startsWith(`| \`src/${folder}\` |`));
    expect(row, `a row for src/${folder}`).toBeDefined();
    const shown = row!.split('|').at(-2)!.trim();
    expect(shown).toBe(allowed.length === 0 ? 'nothing' : allowed.join(', '));
  });

  it('justifies every dependency', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const name of names) expect(text, name).toContain(`| ${name} |`);
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
