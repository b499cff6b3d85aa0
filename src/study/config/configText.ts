/** What `--print-config` prints. */
import { parseConfig } from './parseConfig.ts';
import { printConfig } from './printConfig.ts';
import { readConfig } from './readConfig.ts';

/** @param file undefined: a configuration to start from, on painted images */
export async function configText(file: string | undefined): Promise<string> {
  const config =
    file === undefined
      ? parseConfig('dataset: { synthetic: {} }', 'the default')
      : (await readConfig(file)).config;
  return printConfig(config);
}
