/** A server that cannot close one of its parts. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { environmentError } from '../core/error.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { serve } from './serve.ts';

const full = environmentError({ what: 'cannot write the conditions', found: 'ENOSPC' });

vi.mock('./conditions.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./conditions.ts')>();
  return {
    openConditions: async (...given: Parameters<typeof original.openConditions>) => ({
      ...(await original.openConditions(...given)),
      [Symbol.asyncDispose]: () => Promise.reject(full),
    }),
  };
});

let folder: ReturnType<typeof makeFolder>;

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8 }));
  await quickFit({ data: folder.root, output: join(folder.root, 'part.onnx') });
  mkdirSync(join(folder.root, 'temporary'));
  vi.stubEnv('TMPDIR', join(folder.root, 'temporary'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

/** @param worker what its process runs */
function start(worker: string, onTrouble: (error: unknown) => void) {
  const entry = join(folder.root, 'worker.mjs');
  writeFileSync(entry, worker);
  return serve({
    ...{ models: [join(folder.root, 'part.onnx')], host: '127.0.0.1', port: 0, onTrouble },
    ...{ limits: { ...DEFAULT_LIMITS, workers: 1 }, worker: pathToFileURL(entry) },
  });
}

it('closes the others all the same, and says what could not be closed', async () => {
  const worker = "process.on('message', () => process.send({ type: 'opened', residentBytes: 1 }))";
  const server = await start(worker, () => {});
  expect(readdirSync(join(folder.root, 'temporary'))).toHaveLength(1);
  await expect(server.close()).rejects.toBe(full);
  expect(readdirSync(join(folder.root, 'temporary'))).toEqual([]);
});

it('says why it could not start, whatever comes of closing', async () => {
  const troubles: unknown[] = [];
  const started = start('process.exit(3)', (error) => void troubles.push(error));
  await expect(started).rejects.toThrow('exit code 3');
  expect(troubles).toContain(full);
  expect(readdirSync(join(folder.root, 'temporary'))).toEqual([]);
});
