/** The inspector page in Chromium: for whom and where it works, offline too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { load } from '../src/inspection/load.ts';
import { describeWithChromium } from './support/chromium.ts';
import {
  closeWithContext,
  expectAsInNode,
  type InspectorPages,
  openInspectorPages,
  removeAll,
  shownVerdict,
} from './support/inspectorPages.ts';
import { quickFit } from './support/quickFit.ts';
import { choose, judged, shownScore, staticSite } from './support/webPages.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

describeWithChromium('the inspector page, wherever it is opened', () => {
  let pages: InspectorPages;
  beforeAll(async () => {
    pages = await openInspectorPages();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pages.forgetShared();
    expect(pages.takeTroubles()).toEqual([]);
  });
  afterAll(() => pages?.close());

  describe('keeps nobody from using it', () => {
    async function expectNoViolations(page: Page): Promise<void> {
      await page.evaluate(axe.source);
      expect(await violations(page)).toEqual([]);
      await choose(page, [pages.file('test/good/000.png'), pages.file('test/scratch/000.png')]);
      await judged(page, 2);
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.keyboard.press('f');
      await page.locator('.facts summary').click();
      await page.locator('.basis summary').click();
      expect(await violations(page)).toEqual([]);
      const { width } = page.viewportSize()!;
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.locator('.strip .entry').nth(1).click();
      expect(await violations(page)).toEqual([]);
    }

    it.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
      const page = await pages.emptyPage();
      await page.emulateMedia({ colorScheme });
      await expectNoViolations(page);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('on a phone', async () => {
      const page = await pages.open(PHONE);
      await page.getByText('the model part').waitFor();
      await expectNoViolations(page);
      await closeWithContext(page);
    });
  });

  it('leaves what else is on its host to the host', async () => {
    const other = await staticSite(join(dirname(pages.root), 'beside'), []);
    const html = '<title>Studies</title><link rel="icon" href="icon.svg">';
    writeFileSync(join(other.folder, 'study.html'), html);
    const page = await pages.open({ serviceWorkers: 'allow' }, other.address);
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    await page.goto(`${other.address}study.html`);
    expect(await page.title()).toBe('Studies');
    await other.close();
    await page.goto(`${other.address}index.html?camera`);
    expect(await page.title()).toContain('flawmap');
    await closeWithContext(page);
  });

  it('goes on without a network: page, models of the host, models given by hand', async () => {
    const other = await staticSite(join(dirname(pages.root), 'other'), ['part']);
    cpSync(pages.model('part'), join(other.folder, 'models', 'part.onnx'));
    const page = await pages.open({ serviceWorkers: 'allow' }, other.address);
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    await page.locator('.model input[type=file]').setInputFiles(pages.model('part-labelled'));
    await page.getByText('part-labelled (kept in this browser)').waitFor({ state: 'attached' });
    await choose(page, [pages.file('test/scratch/000.png')]);
    await judged(page, 1);
    const score = await shownScore(page);
    await page.context().setOffline(true);
    await other.close();
    await page.reload();
    // From the service worker come the headers that let threads be used.
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    for (const name of ['part', 'part-labelled (kept in this browser)']) {
      await page.getByLabel('Model', { exact: true }).selectOption({ label: name });
      await choose(page, [pages.file('test/scratch/000.png')]);
      await page.locator('.verdict .word').waitFor();
      expect(Math.abs((await shownScore(page)) - score)).toBeLessThan(1e-3 * score);
    }
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Forget it' }).count()).toBe(0);
    await closeWithContext(page);
    // What the browser itself says of a network that is absent.
    const others = pages
      .takeTroubles()
      .filter((trouble) => !trouble.includes('ERR_INTERNET_DISCONNECTED'));
    expect(others).toEqual([]);
  });

  describe('with an emulated graphics card', () => {
    const facts = async (page: Page) => {
      await page.locator('.facts summary').click();
      return page.locator('.facts').textContent();
    };

    it('computes with WebAssembly, says why, and loads nothing more', async () => {
      const page = await pages.emptyPage();
      await choose(page, [pages.file('test/scratch/000.png')]);
      await judged(page, 1);
      expect(await facts(page)).toMatch(/WebAssembly, .*WebGPU is not used: .* only emulated here/);
      const runtimes = pages.addresses(page).filter((address) => address.endsWith('.wasm'));
      expect(runtimes).toEqual([`${pages.site.address}ort/ort-wasm-simd-threaded.wasm`]);
    });

    it('says what Node.js says when it is asked to compute there, of one model after another', async () => {
      // Small: what a real card does in milliseconds takes an emulated one seconds.
      const preprocessing = { resize: 64, crop: 64 };
      const coresets = { few: 0.05, more: 0.5 };
      for (const [name, coreset] of Object.entries(coresets)) {
        await quickFit({ data: pages.root, output: pages.model(name), preprocessing, coreset });
      }
      const page = await pages.open({}, 'about:blank');
      const models = Object.keys(coresets).map((name) => ({ name, file: `models/${name}.onnx` }));
      await page.route('**/models.json', (route) => route.fulfill({ json: { models } }));
      await page.goto(`${pages.site.address}?runtime=webgpu`);
      for (const { name } of models) {
        // The first is opening already: once more, as people who are in a hurry do.
        await page.getByLabel('Model', { exact: true }).selectOption({ label: name });
        await page.locator('.welcome').getByText(`the model ${name}`).waitFor();
        await using node = await load(pages.model(name));
        await expectAsInNode(page, node, [
          pages.file('test/good/000.png'),
          pages.file('test/scratch/001.png'),
        ]);
        expect(await facts(page)).toContain('Computes withWebGPU');
        await removeAll(page);
      }
      await closeWithContext(page);
    });
  });

  it('is what flawmap serve has at its root', async () => {
    const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
    if (!existsSync(main)) throw new Error(`${main} is absent: run npm run build first`);
    const args = [main, 'serve', pages.model('part'), '--port', '0', '--json', '--workers', '1'];
    const child = spawn(process.execPath, [...args, '--token', 'secret'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { address } = JSON.parse(line.toString().split('\n')[0]!) as { address: string };
      const page = await pages.open({ serviceWorkers: 'allow' }, `${address}/?token=secret`);
      await choose(page, [pages.file('test/scratch/000.png')]);
      await judged(page, 1);
      expect(await shownVerdict(page)).toContain('anomalous');
      expect(await page.evaluate('crossOriginIsolated')).toBe(true);
      await closeWithContext(page);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
