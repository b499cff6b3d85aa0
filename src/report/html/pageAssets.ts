/** The page's client script and style sheet, made by `npm run build` beside this module. */
import { readFile } from 'node:fs/promises';
import { internalError } from '../../core/error.ts';

export interface PageAssets {
  /** One script without imports. */
  readonly client: string;
  readonly style: string;
}

let assets: Promise<PageAssets> | undefined;

/** @throws FlawmapError (internal) where the build left none */
export function readPageAssets(): Promise<PageAssets> {
  assets ??= import.meta.url.endsWith('.ts') ? makeAssets() : readAssets();
  return assets;
}

async function readAssets(): Promise<PageAssets> {
  const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  try {
    return { client: await read('./client.js'), style: await read('./page.css') };
  } catch (cause) {
    throw internalError({
      what: 'the client script of pages is absent from this installation',
      expected: 'client.js and page.css beside the program',
      remedy: 'install flawmap again, or run npm run build',
      cause,
    });
  }
}

/** From source, as tests run: by the build's own script, which is no part of the program. */
async function makeAssets(): Promise<PageAssets> {
  const script = new URL('../../../scripts/pageAssets.mjs', import.meta.url).href;
  const { makePageAssets } = (await import(script)) as {
    makePageAssets: () => Promise<PageAssets>;
  };
  return makePageAssets();
}
