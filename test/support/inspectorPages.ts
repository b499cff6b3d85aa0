/** The inspector page on a site of its own, with two models of drawn parts, and a browser for it. */
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { decodeImage } from '../../src/image/decodeImage.ts';
import type { LoadedInspector } from '../../src/inspection/load.ts';
import { CHROMIUM } from './chromium.ts';
import { categoryFiles, makeFolder, photograph } from './photographs.ts';
import { quickFit } from './quickFit.ts';
import { choose, judged, type StaticSite, shownScore, staticSite } from './webPages.ts';
import { y4mOf } from './writeY4m.ts';

export interface InspectorPages {
  /** Folder of the photographs that the models were fitted on. */
  readonly root: string;
  readonly site: StaticSite;
  /** Path of a photograph under the root. */
  file(path: string): string;
  /** Path of a model of the site: `part`, `part-labelled`. */
  model(name: string): string;
  open(options?: BrowserContextOptions, address?: string): Promise<Page>;
  /**
   * The page that tests share, without photographs: runtime and model take seconds to load.
   * @param own a model to open; otherwise it is `part`
   */
  emptyPage(own?: string): Promise<Page>;
  /** What a page has asked for. */
  addresses(page: Page): readonly string[];
  /** Takes what the browser has complained of since the last test. */
  takeTroubles(): string[];
  /** Ends the shared page: what a failed test leaves behind is no concern of the next. */
  forgetShared(): Promise<void>;
  close(): Promise<void>;
}

export async function openInspectorPages(): Promise<InspectorPages> {
  const folder = makeFolder(await categoryFiles({ train: 24, good: 8, flawed: 3 }));
  const { root } = folder;
  const site = await staticSite(join(dirname(root), 'site'), ['part', 'part-labelled']);
  const model = (name: string) => join(site.folder, 'models', `${name}.onnx`);
  await quickFit({ data: root, output: model('part') });
  await quickFit({ data: root, output: model('part-labelled'), calibrate: root });
  const browser = await openBrowser(join(dirname(root), 'camera.y4m'));
  let troubles: string[] = [];
  const asked = new WeakMap<Page, string[]>();
  let shared: Page | undefined;

  async function open(options: BrowserContextOptions = {}, address = site.address): Promise<Page> {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      // It keeps 15 MB a page; it has tests of its own.
      serviceWorkers: 'block',
      ...options,
    });
    page.setDefaultTimeout(120_000);
    page.on('console', (message) => {
      const text = `${message.type()}: ${message.text()}`;
      if (!text.includes('blocked by Playwright')) troubles.push(text);
    });
    const addresses: string[] = [];
    asked.set(page, addresses);
    page.on('request', (request) => addresses.push(request.url()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(address);
    return page;
  }

  async function emptyPage(own?: string): Promise<Page> {
    shared ??= await open();
    const page = shared;
    await removeAll(page);
    const model = page.getByLabel('Model', { exact: true });
    await model.waitFor();
    const isChosen = (await model.locator('option:checked').textContent()) === 'part';
    if (own !== undefined) await page.locator('.model input[type=file]').setInputFiles(own);
    else if (!isChosen) await model.selectOption({ label: 'part' });
    const name = own === undefined ? 'part' : basename(own, '.onnx');
    await page.locator('.welcome').getByText(`the model ${name}`).waitFor();
    return page;
  }

  return {
    root,
    site,
    file: (path) => join(root, path),
    model,
    open,
    emptyPage,
    addresses: (page) => asked.get(page) ?? [],
    takeTroubles() {
      const found = troubles;
      troubles = [];
      return found;
    },
    async forgetShared() {
      await shared?.context().close();
      shared = undefined;
    },
    async close() {
      await browser.close();
      await site.close();
      folder.remove();
    },
  };
}

/** @param film where what its camera sees is written: a part with a flaw */
function openBrowser(film: string): Promise<Browser> {
  writeFileSync(film, y4mOf(photograph({ seed: 2000, flawed: true })));
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      // An emulated graphics card, where there is none.
      '--enable-unsafe-webgpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
}

export async function removeAll(page: Page): Promise<void> {
  const removes = page.locator('.strip .remove');
  while ((await removes.count()) > 0) await removes.first().click();
}

export const closeWithContext = (page: Page) => page.context().close();

export const shownVerdict = (page: Page) => page.locator('.verdict .word').textContent();

export async function expectAsInNode(
  page: Page,
  node: LoadedInspector,
  paths: readonly string[],
): Promise<void> {
  await choose(page, paths);
  await judged(page, paths.length);
  for (const [i, path] of paths.entries()) {
    await page.locator('.strip .entry').nth(i).click();
    const expected = await node.inspect(await decodeImage(path));
    const score = await shownScore(page);
    expect(Math.abs(score - expected.score) / expected.score, path).toBeLessThan(1e-3);
    expect(await shownVerdict(page)).toContain(expected.verdict);
  }
}
