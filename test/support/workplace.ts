/** A folder to spoil for each test, a good model beside it, and commands that must fail there. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { categoryFiles, makeFolder } from './photographs.ts';
import { quickFit } from './quickFit.ts';
import { runCommand } from './runCommand.ts';

export interface Workplace {
  /** A model fitted on such data; the same for all tests of a file. */
  readonly model: string;
  /** Emptied after each test but for `data`; the cache of flawmap is in it. */
  readonly work: string;
  /** `work/data`: five training images, a good and a flawed test image. */
  readonly data: string;
  fit(...more: string[]): string[];
  predict(...images: string[]): string[];
  evaluate(): string[];
  /**
   * Runs a command that must end with this exit code, say so, and leave all files as they were.
   * @returns what it has said
   */
  refused(args: readonly string[], exitCode: number): Promise<string>;
}

/** To be called at the top of a test file. */
export function useWorkplace(): Workplace {
  let files: Record<string, Uint8Array>;
  let shared: ReturnType<typeof makeFolder>;
  let own: ReturnType<typeof makeFolder>;

  beforeAll(async () => {
    files = await categoryFiles({ train: 5, good: 1, flawed: 1 });
    shared = makeFolder(files);
    await quickFit({ data: shared.root, output: join(shared.root, 'model.onnx') });
  });
  afterAll(() => shared.remove());

  beforeEach(() => {
    const entries = Object.entries(files).map(([path, bytes]) => [`data/${path}`, bytes]);
    own = makeFolder(Object.fromEntries(entries));
    vi.stubEnv('FLAWMAP_CACHE', join(own.root, 'cache'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    own.remove();
  });

  const place = {
    get model() {
      return join(shared.root, 'model.onnx');
    },
    get work() {
      return own.root;
    },
    get data() {
      return join(own.root, 'data');
    },
    fit: (...more: string[]) => [
      ...['fit', place.data, '-o', join(place.work, 'out', 'model.onnx'), '--resize', '128'],
      ...more,
    ],
    predict: (...images: string[]) => ['predict', place.model, ...images],
    evaluate: () => ['evaluate', place.model, place.data],
    async refused(args: readonly string[], exitCode: number) {
      const before = filesIn(place.work);
      const result = await runCommand(args);
      expect(result.stderr).toMatch(/^error: /m);
      expect(result.exitCode).toBe(exitCode);
      expect(filesIn(place.work)).toEqual(before);
      return result.stderr;
    },
  };
  return place;
}

/** Every file below, hidden and partial ones too; not folders. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
