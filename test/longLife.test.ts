/**
 * What earlier versions have written is read, or refused with the version that reads it; and no form
 * changes unnoticed. test/fixtures/longLife/README.md says what to do when one has to.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sha256 } from '../src/core/hash.ts';
import { readSplits, SPLITS_VERSION, splitsSchema } from '../src/data/splits/splitsFile.ts';
import {
  metadataSchema,
  parseMetadata,
  SCHEMA_VERSION,
} from '../src/detector/inspector/metadata.ts';
import {
  LINE_STATE_VERSION,
  lineStateSchema,
  readLineState,
} from '../src/inspection/line/lineState.ts';
import { load } from '../src/inspection/load.ts';
import { history } from '../src/inspection/upkeep/history.ts';
import { LIST_VERSION, versionsFolder, versionsSchema } from '../src/inspection/upkeep/versions.ts';
import {
  JOURNAL_VERSION,
  journalLineSchema,
  openLine,
  sealLine,
} from '../src/journal/journalLine.ts';
import { verifyJournal } from '../src/journal/verifyJournal.ts';
import { verifyArtifact } from '../src/pipeline/readArtifact.ts';
import { readPictures } from '../src/report/readPictures.ts';
import { PICTURES_FILE, PICTURES_VERSION, pictureIndexSchema } from '../src/result/pictures.ts';
import { readResult } from '../src/result/readResult.ts';
import { RESULT_VERSION, resultSchema } from '../src/result/result.ts';
import { IGNORED_VERSION, ignoredImages, ignoredSchema } from '../src/watch/ignoredImages.ts';
import { makeTree } from './support/tree.ts';

const FOLDER = join(import.meta.dirname, 'fixtures', 'longLife');

/** Of an example, unpacked. */
function bytesOf(example: string): Uint8Array {
  const bytes = readFileSync(join(FOLDER, example));
  return example.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

const textOf = (example: string): string => Buffer.from(bytesOf(example)).toString('utf8');

/** An example as a file of its own, under the name that it had. */
const fileOf = (example: string, name: string, others: Readonly<Record<string, Uint8Array>> = {}) =>
  join(makeTree({ [name]: bytesOf(example), ...others }), name);

interface Kind {
  readonly version: number;
  readonly schema: z.ZodType;
  /** Reads an example as the program does. @throws FlawmapError where it cannot */
  read(example: string): Promise<unknown>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'model metadata': {
    version: SCHEMA_VERSION,
    schema: metadataSchema,
    async read(example) {
      if (example.startsWith('metadata')) return parseMetadata(textOf(example), example);
      const inspector = await load(fileOf(example, 'model.onnx'));
      try {
        const { score, threshold, verdict } = await inspector.inspect(
          join(FOLDER, 'photograph.png'),
        );
        // As `flawmap predict --json` of the commit that fitted it says of this photograph.
        expect(score).toBeCloseTo(11.09913158416748, 4);
        expect(threshold).toBe(12.215095520019531);
        return verdict;
      } finally {
        await inspector.close();
      }
    },
  },
  result: {
    version: RESULT_VERSION,
    schema: resultSchema,
    read: (example) => readResult(fileOf(example, 'result.json')),
  },
  pictures: {
    version: PICTURES_VERSION,
    schema: pictureIndexSchema,
    async read(example) {
      const { notes } = await readPictures(join(fileOf(example, PICTURES_FILE), '..', '..'));
      // The list is read; the pictures themselves are not among the examples.
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(/picture files cannot be read/);
      return notes;
    },
  },
  splits: {
    version: SPLITS_VERSION,
    schema: splitsSchema,
    read: (example) => readSplits(fileOf(example, 'clean_splits.json')),
  },
  'versions of a model': {
    version: LIST_VERSION,
    schema: versionsSchema,
    async read(example) {
      const list = join('model.onnx.versions', 'versions.json');
      const files = { [list]: bytesOf(example), 'model.onnx': bytesOf('model-pruned.onnx.gz') };
      const versions = await history(join(makeTree(files), 'model.onnx'));
      // The two that are listed, and the file that lies there.
      expect(versions.map(({ action }) => action)).toEqual(['found', 'update', 'found']);
      return versions;
    },
  },
  'journal line': {
    version: JOURNAL_VERSION,
    schema: journalLineSchema,
    async read(example) {
      const check = await verifyJournal(fileOf(example, 'journal.jsonl'));
      expect(check).toMatchObject({ lines: textOf(example).split('\n').length - 1, broken: null });
      return check;
    },
  },
  "state of a line's monitor": {
    version: LINE_STATE_VERSION,
    schema: lineStateSchema,
    async read(example) {
      const { modelSha256 } = JSON.parse(textOf(example)) as { readonly modelSha256: string };
      const state = await readLineState(fileOf(example, 'conditions.json'), modelSha256);
      expect(state).toMatchObject({ falseAlarm: 0.01 });
      return state;
    },
  },
  'images that are not judged': {
    version: IGNORED_VERSION,
    schema: ignoredSchema,
    async read(example) {
      const { folder, images } = JSON.parse(textOf(example)) as z.infer<typeof ignoredSchema>;
      const there = Object.entries(images).map(([path, [size, mtimeMs]]) => ({
        path,
        size,
        mtimeMs,
      }));
      const ignored = await ignoredImages(fileOf(example, 'ignored.json'), folder, there, false);
      expect(ignored.size).toBe(1);
      return ignored;
    },
  },
};

interface Form {
  /** SHA-256 of the JSON Schema. */
  readonly schema: string;
  readonly examples: readonly string[];
}

const schemas = JSON.parse(readFileSync(join(FOLDER, 'schemas.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, readonly Form[]>>>
>;

const fingerprint = (schema: z.ZodType): string =>
  sha256(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));

describe.each(Object.entries(KINDS))('%s', (name, { version, schema, read }) => {
  const forms = schemas[name] ?? {};
  const examples = Object.values(forms).flatMap((list) => list.flatMap((form) => form.examples));

  test('has changed no form without an example of it, or a new version', () => {
    const form = forms[version]?.at(-1);
    expect(form?.schema, `${name}, version ${version}: see test/fixtures/longLife/README.md`).toBe(
      fingerprint(schema),
    );
    expect(form?.examples.length).toBeGreaterThan(0);
    expect(Math.max(...Object.keys(forms).map(Number))).toBe(version);
  });

  test.each(examples)('is read from %s', async (example) => {
    expect(await read(example)).toBeDefined();
  });
});

describe('another schema version', () => {
  const changed = (example: string, schemaVersion: unknown, createdBy = 'flawmap 9.8.7') =>
    JSON.stringify({ ...JSON.parse(textOf(example)), schemaVersion, createdBy });

  const readers: Readonly<Record<string, (document: string) => Promise<unknown>>> = {
    'model metadata': async (document) => parseMetadata(document, 'model.onnx'),
    result: (document) => readResult(join(makeTree({ 'result.json': document }), 'result.json')),
    splits: (document) => readSplits(join(makeTree({ 'splits.json': document }), 'splits.json')),
    versions: (document) => {
      const list = join(versionsFolder('model.onnx'), 'versions.json');
      const root = makeTree({ [list]: document, 'model.onnx': bytesOf('model-pruned.onnx.gz') });
      return history(join(root, 'model.onnx'));
    },
  };
  const examples = {
    'model metadata': 'metadata-padim.json.gz',
    result: 'result-without-analysis.json.gz',
    splits: 'splits.json.gz',
    versions: 'versions.json.gz',
  };

  test.each(Object.entries(examples))(
    'of %s says which flawmap reads it',
    async (name, example) => {
      const read = readers[name]!;
      const newer = 'update flawmap: flawmap 9.8.7 has written it';
      await expect(read(changed(example, 99))).rejects.toMatchObject({
        kind: 'input',
        details: { found: 'schema version 99, written by flawmap 9.8.7', remedy: newer },
      });
      await expect(read(changed(example, 0))).rejects.toMatchObject({
        details: { remedy: expect.stringContaining('; flawmap 9.8.7 can still read it') },
      });
      await expect(read(changed(example, undefined))).rejects.toMatchObject({
        details: { found: 'a document without schemaVersion' },
      });
    },
  );

  test('of a journal is told with the line', () => {
    const [line] = textOf('journal.jsonl').split('\n');
    const { hash: _, previous, ...entry } = JSON.parse(line!);
    const { text } = sealLine(entry, previous);
    const newer = text
      .replace('{"time"', '{"schemaVersion":2,"time"')
      .slice(0, -('"}'.length + 64));
    const sealed = newer.slice(0, -',"hash":"'.length);
    expect(openLine(Buffer.from(`${sealed},"hash":"${sha256(`${sealed}}`)}"}`))).toEqual({
      problem: 'it has schema version 2: update flawmap: a newer version has written it',
    });
  });

  test('of the monitor begins anew, and is told', async () => {
    const document = JSON.parse(changed('conditions.json.gz', 99)) as { modelSha256: string };
    const path = join(makeTree({ 'c.json': JSON.stringify(document) }), 'c.json');
    expect(await readLineState(path, document.modelSha256)).toBe('unreadable');
  });
});

describe('the cache', () => {
  test('has what an earlier version has left, whole', async () => {
    const { key } = JSON.parse(textOf('artifact/artifact.json')) as { readonly key: string };
    const folder = makeTree({});
    const place = join(folder, 'objects', key.slice(0, 2), key);
    mkdirSync(join(place, '..'), { recursive: true });
    cpSync(join(FOLDER, 'artifact'), place, { recursive: true });
    expect(await verifyArtifact({ folder }, key)).toMatchObject({ state: 'whole' });
  });
});

test('the examples are all used, exist, and stay small', () => {
  const listed = Object.values(schemas).flatMap((versions) =>
    Object.values(versions).flatMap((forms) => forms.flatMap(({ examples }) => examples)),
  );
  for (const example of listed) expect(existsSync(join(FOLDER, example)), example).toBe(true);
  const others = ['README.md', 'schemas.json', 'photograph.png', 'artifact'];
  expect([...new Set([...listed, ...others])].sort()).toEqual(readdirSync(FOLDER).sort());
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).length);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200_000);
});
