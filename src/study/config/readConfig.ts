/** Reads a study's configuration file. */
import { dirname, resolve } from 'node:path';
import { FlawmapError, inputError, systemCode } from '../../core/error.ts';
import { readRegularFile } from '../../core/regularFile.ts';
import { parseConfig } from './parseConfig.ts';
import type { StudyConfig } from './studyConfig.ts';

export interface ReadConfig {
  readonly config: StudyConfig;
  /** Absolute path. */
  readonly file: string;
  /** Relative paths in the configuration start here. */
  readonly folder: string;
}

/** @throws FlawmapError (input) where there is no such file, or listing all that is wrong with it */
export async function readConfig(path: string): Promise<ReadConfig> {
  const file = resolve(path);
  let text: string;
  try {
    text = String(await readRegularFile(file));
  } catch (error) {
    if (error instanceof FlawmapError) throw error;
    throw inputError({
      what: `cannot read the configuration ${file}`,
      expected: 'a YAML file',
      found: systemCode(error) ?? String(error),
      remedy: 'start from configs/study.yaml, or from `flawmap study --print-config`',
      cause: error,
    });
  }
  return { config: parseConfig(text, file), file, folder: dirname(file) };
}
