/** Report pages opened in Chromium, for the tests of one file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { renderPage } from '../../src/report/html/renderPage.ts';
import { launchChromium } from './chromium.ts';
import { readPagePicture } from './pagePictures.ts';
import { pageReport } from './pageReport.ts';

/** What categories of the page `hostile` are called. */
export const HOSTILE = '<img src=x onerror="globalThis.hacked=1">\u2028</script><b>\'`&amp;';

/**
 * To be called where tests are described. There are the pages `page` and `hostile`; a test may write
 * others. Whatever a test does, a page must say nothing on the console and ask for nothing.
 */
export function reportPages() {
  let folder: string;
  let browser: Browser;
  let troubles: string[] = [];
  const file = (name: string) => join(folder, `${name}.html`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flawmap-page-'));
    const write = async (name: string, report: ReturnType<typeof pageReport>) =>
      writeFileSync(file(name), await renderPage(report, { readPicture: readPagePicture }));
    await write('page', pageReport());
    await write('hostile', pageReport(HOSTILE, `${HOSTILE} too`));
    browser = await launchChromium();
  });
  afterEach(() => {
    const found = troubles;
    troubles = [];
    expect(found).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name = 'page', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      const url = request.url().replace(/#.*/, '');
      if (!url.startsWith('data:') && url !== pathToFileURL(file(name)).href) troubles.push(url);
    });
    await page.goto(pathToFileURL(file(name)).href);
    return page;
  }
  return { open, file };
}
