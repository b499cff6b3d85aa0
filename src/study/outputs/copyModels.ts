/** Brings the model files of a run from the cache to where users look for them. */
import { constants } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../core/atomicFile.ts';
import { sha256File } from '../../core/hash.ts';
import type { RunControl } from '../../core/progress.ts';
import type { ModelFile } from '../../result/result.ts';
import { readJson } from '../artifacts/binaryFile.ts';
import type { ModelOptions } from '../kinds/jobOptions.ts';
import { MODEL, MODEL_DOCUMENT, type ModelDocument } from '../kinds/model.ts';
import type { Computed } from './computed.ts';

export async function copyModels(
  run: string,
  computed: readonly Computed[],
  { onProgress, signal }: RunControl,
): Promise<ModelFile[]> {
  const models = computed.filter(({ job }) => job.kind === 'model');
  const files: ModelFile[] = [];
  for (const [done, { job, artifact }] of models.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'copying models', done, total: models.length });
    const { method, category, seed } = job.options as unknown as ModelOptions;
    // `model/CATEGORY/CONDITION/METHOD`, but `model/global/METHOD`, of clean images.
    const fittedOn = category === 'global' ? 'clean' : job.id.split('/')[2]!;
    const file = `outputs/models/${modelName(method, category, fittedOn)}.onnx`;
    const { bytes, sha256 } = artifact.files.find(({ name }) => name === MODEL)!;
    await copyWhole(join(artifact.folder, MODEL), join(run, file), { bytes, sha256 });
    const { bankRows } = await readJson<ModelDocument>(join(artifact.folder, MODEL_DOCUMENT));
    files.push({ file, method, category, fittedOn, seed, bankRows, bytes, sha256 });
  }
  onProgress?.({ step: 'copying models', done: models.length, total: models.length });
  return files;
}

function modelName(method: string, category: string, fittedOn: string): string {
  return category === 'global' ? `${method}_global` : `${method}_${category}_${fittedOn}`;
}

/** What is there already with the same content stays. */
async function copyWhole(
  from: string,
  to: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const found = await stat(to).catch(() => undefined);
  if (found?.size === bytes && (await sha256File(to)) === sha256) return;
  // Where the file system can share the content of two files, nothing is copied.
  await writeAtomic(to, (partial) => copyFile(from, partial, constants.COPYFILE_FICLONE));
}
