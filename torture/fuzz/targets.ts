import type { FuzzTarget } from './target.ts';
import { cacheTarget } from './targets/cacheObjects.ts';
import { configTarget } from './targets/config.ts';
import { dataFolderTarget } from './targets/dataFolders.ts';
import { imageTarget } from './targets/images.ts';
import { importTarget } from './targets/imports.ts';
import { inspectorTarget } from './targets/inspectors.ts';
import { journalTarget } from './targets/journals.ts';
import { metadataTarget } from './targets/metadata.ts';
import { networkTarget } from './targets/networks.ts';
import { npyTarget } from './targets/npy.ts';
import { reportTarget } from './targets/reports.ts';
import { resultTarget } from './targets/results.ts';
import { safetensorsTarget } from './targets/safetensors.ts';
import { splitsTarget } from './targets/splits.ts';
import { tarTarget } from './targets/tarArchives.ts';

export const IMAGE_TARGETS: readonly FuzzTarget[] = [imageTarget];

export const MODEL_TARGETS: readonly FuzzTarget[] = [
  safetensorsTarget,
  npyTarget,
  metadataTarget,
  inspectorTarget,
  networkTarget,
];

export const FOLDER_TARGETS: readonly FuzzTarget[] = [tarTarget, importTarget, dataFolderTarget];

export const DOCUMENT_TARGETS: readonly FuzzTarget[] = [
  configTarget,
  resultTarget,
  reportTarget,
  journalTarget,
  splitsTarget,
  cacheTarget,
];

const ALL = [...IMAGE_TARGETS, ...MODEL_TARGETS, ...FOLDER_TARGETS, ...DOCUMENT_TARGETS];

export function targetNamed(name: string): FuzzTarget {
  const target = ALL.find((one) => one.name === name);
  if (target === undefined) throw new Error(`there is no target ${name}`);
  return target;
}
