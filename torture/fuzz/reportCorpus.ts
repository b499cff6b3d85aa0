/** The document of a whole study, and of its pictures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { StudyResult } from '../../src/result/result.ts';
import { reportPictures } from '../../test/support/reportInput.ts';
import { ROOT } from './root.ts';

export function fullResult(): StudyResult {
  const packed = readFileSync(join(ROOT, 'test', 'fixtures', 'report', 'result.json.br'));
  return JSON.parse(brotliDecompressSync(packed).toString()) as StudyResult;
}

/** Of the first category's few, so that a case is quick. */
export function picturesOf(result: StudyResult): ReturnType<typeof reportPictures> {
  const all = reportPictures(result);
  return { ...all, pictures: all.pictures.slice(0, 6), crops: all.crops.slice(0, 3) };
}
