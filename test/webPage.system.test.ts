/** The inspector page in Chromium: what it says, what it does, who can use it, offline too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../src/image/decodeImage.ts';
import { exportHalf } from '../src/inspection/export/exportHalf.ts';
import { DEFAULT_FIT, type FitOptions, fit as fitInspector } from '../src/inspection/fit.ts';
import { type LoadedInspector, load } from '../src/inspection/load.ts';
import { recalibrate } from '../src/inspection/upkeep/recalibrate.ts';
import { CHROMIUM, describeWithChromium } from './support/chromium.ts';
import { categoryFiles, makeFolder, photograph, photographPng } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { readZip, type ZippedFile } from './support/readZip.ts';
import { describeWithShared, sharedPath } from './support/shared.ts';
import {
  choose,
  drop,
  judged,
  paste,
  type StaticSite,
  shownScore,
  staticSite,
} from './support/webPages.ts';
import { y4mOf } from './support/writeY4m.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

describeWithChromium('the inspector page in Chromium', () => {
  let folder: ReturnType<typeof makeFolder>;
  let browser: Browser;
  let site: StaticSite;
  let troubles: string[] = [];
  const asked = new WeakMap<Page, string[]>();
  /** What most tests share: runtime and model take seconds to load. */
  let shared: Page | undefined;
  const file = (path: string) => join(folder.root, path);
  const model = (name: string) => join(site.folder, 'models', `${name}.onnx`);

  beforeAll(async () => {
    folder = makeFolder(await categoryFiles({ train: 24, good: 8, flawed: 3 }));
    site = await staticSite(join(dirname(folder.root), 'site'), ['part', 'part-labelled']);
    const { root } = folder;
    await quickFit({ data: root, output: model('part') });
    await quickFit({ data: root, output: model('part-labelled'), calibrate: root });
    const film = join(dirname(root), 'camera.y4m');
    writeFileSync(film, y4mOf(photograph({ seed: 2000, flawed: true })));
    browser = await chromium.launch({
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
  });
  afterEach(async ({ task }) => {
    // What a failed test leaves behind is no concern of the next.
    if (task.result?.state === 'fail') await shared?.context().close();
    if (task.result?.state === 'fail') shared = undefined;
    const found = troubles;
    troubles = [];
    expect(found).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    folder?.remove();
  });

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
  /**
   * The page that tests share, without photographs.
   * @param own a model to open; otherwise it is `part`
   */
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
  const closeWithContext = (page: Page) => page.context().close();
  const verdict = (page: Page) => page.locator('.verdict .word').textContent();
  async function expectAsInNode(page: Page, node: LoadedInspector, paths: readonly string[]) {
    await choose(page, paths);
    await judged(page, paths.length);
    for (const [i, path] of paths.entries()) {
      await page.locator('.strip .entry').nth(i).click();
      const expected = await node.inspect(await decodeImage(path));
      const score = await shownScore(page);
      expect(Math.abs(score - expected.score) / expected.score, path).toBeLessThan(1e-3);
      expect(await verdict(page)).toContain(expected.verdict);
    }
  }

  describe('what it says', () => {
    it('is what Node.js says', async () => {
      const page = await emptyPage();
      await using node = await load(model('part'));
      await expectAsInNode(page, node, [file('test/good/000.png'), file('test/scratch/001.png')]);
      expect(await page.locator('.boxes tbody tr').count()).toBe(1);
    });

    it('does not depend on colour profiles, and turns photographs as their camera was held', async () => {
      const page = await emptyPage();
      const { default: sharp } = await import('sharp');
      const wide = photograph({ seed: 2000, flawed: true, width: 128, height: 96 });
      const raw = { width: 128, height: 96, channels: 3 } as const;
      const plain = sharp(wide.data, { raw });
      // The same numbers under another profile, and turned by EXIF alone.
      const profile = await plain.clone().withIccProfile('p3').png().toBuffer();
      const marked = await plain.clone().withMetadata({ orientation: 6 }).png().toBuffer();
      await drop(page, 'profile.png', 'image/png', profile);
      await judged(page, 1);
      await using node = await load(model('part'));
      const close = async (bytes: Buffer) => {
        const expected = await node.inspect(bytes);
        expect(Math.abs((await shownScore(page)) - expected.score)).toBeLessThan(
          1e-3 * expected.score,
        );
        const size = await page.locator('.verdict .row .faint').textContent();
        expect(size).toContain(`${expected.width} × ${expected.height}`);
      };
      await close(profile);
      await drop(page, 'turned.png', 'image/png', marked);
      await judged(page, 2);
      await close(marked);
    });

    describeWithShared('of real bottles', () => {
      const inTemporary = (name: string) => join(dirname(folder.root), name);
      const fitted = async (output: string, options: Partial<FitOptions> = {}) => {
        const data = inTemporary('bottle');
        await fitInspector({ ...DEFAULT_FIT, category: undefined, data, output, ...options });
      };
      const models: Record<string, (output: string) => Promise<unknown>> = {
        'the filter bank': (output) => fitted(output),
        'the filter bank in half precision': (output) => {
          const model = inTemporary('the filter bank.onnx');
          return exportHalf({ model, paths: [inTemporary('bottle')], out: output });
        },
        'the filter bank in tiles': (output) => fitted(output, { tiling: { tile: 128 } }),
        'a ResNet-50': (output) => {
          const backbone = sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx');
          return fitted(output, { backbone });
        },
      };

      beforeAll(() => {
        const train = sharedPath('data/mvtec/bottle/train/good');
        mkdirSync(join(inTemporary('bottle'), 'train/good'), { recursive: true });
        for (let i = 0; i < 10; i++) {
          const image = `train/good/00${i}.png`;
          cpSync(join(train, `00${i}.png`), join(inTemporary('bottle'), image));
        }
      });

      it.each(Object.entries(models))('is what Node.js says, %s', async (name, make) => {
        const output = inTemporary(`${name}.onnx`);
        await make(output);
        const page = await emptyPage(output);
        await using node = await load(output);
        const test = (path: string) => sharedPath('data/mvtec/bottle/test', path);
        await expectAsInNode(page, node, ['good/000.png', 'broken_large/000.png'].map(test));
        const nearest = await page.locator('.nearest').textContent();
        if (name.endsWith('in tiles')) expect(nearest).toContain('A model that looks in tiles');
        else expect(nearest).toMatch(/Distance \d/);
      });
    });
  });

  describe('the threshold', () => {
    it('moves verdicts and rates, with the keys too, and goes back', async () => {
      const page = await emptyPage();
      await page.getByLabel('Model', { exact: true }).selectOption({ label: 'part-labelled' });
      await choose(page, [file('test/scratch/000.png')]);
      await judged(page, 1);
      const rates = () => page.locator('.rates dd').allTextContents();
      await expect.poll(rates).not.toContain('…');
      const number = page.getByLabel('Flagged above');
      await number.fill('1e6');
      expect(await verdict(page)).toContain('normal');
      // All of 3 flawed images lie below it: at least 0.05 ** (1 / 3) with a one-sided 95%.
      expect((await rates())[0]).toMatch(/^0%, between 0% and \d+%0 of \d+ above it$/);
      expect((await rates())[1]).toMatch(/^100%, between 2\d% and 100%3 of 3 not above it$/);
      await number.fill('0');
      expect(await verdict(page)).toContain('anomalous');
      expect((await rates())[1]).toMatch(/^0%, between 0% and 7\d%/);
      const slider = page.getByRole('slider', { name: 'Threshold' });
      await slider.press('End');
      expect(await verdict(page)).toContain('normal');
      await page.getByRole('button', { name: "The model's own" }).click();
      expect(await verdict(page)).toContain('anomalous');
    });

    it('says that misses cannot be known without labelled flaws, until some are marked', async () => {
      const page = await emptyPage();
      await choose(page, [file('test/scratch/000.png')]);
      await judged(page, 1);
      const missed = page.locator('.rates dd').nth(1);
      await page.getByText('Cannot be known').waitFor();
      await page.keyboard.press('f');
      await page.getByText('0 of 1 not above it').waitFor();
      expect(await missed.textContent()).toMatch(/^0%, between 0% and 9\d%/);
    });
  });

  it('shows the training patch that a place is nearest to', async () => {
    const page = await emptyPage();
    // Held-out images are not in the bank; of one that is, patches are nearest to themselves.
    await using node = await load(model('part'));
    const { id } = node.metadata.training[0]!;
    await choose(page, [file(id)]);
    await judged(page, 1);
    const text = page.locator('.nearest p').filter({ hasText: 'Distance' });
    expect(await text.textContent()).toMatch(/^Distance \d/);
    expect(await page.locator('.nearest .crop img').count()).toBe(2);
    const before = await text.textContent();
    const pane = page.locator('.pane');
    const { width, height } = (await pane.boundingBox())!;
    await pane.click({ position: { x: width / 2, y: height / 2 } });
    await expect.poll(() => text.textContent()).not.toBe(before);
    await page.getByRole('button', { name: 'The worst place' }).click();
    await expect.poll(() => text.textContent()).toBe(before);
  });

  it('enlarges, moves and compares, by keys and wheel', async () => {
    const page = await emptyPage();
    await choose(page, [file('test/scratch/000.png')]);
    await judged(page, 1);
    const scale = (): Promise<number> =>
      page.evaluate(
        'new DOMMatrix(getComputedStyle(document.querySelector(".stage")).transform).a',
      );
    const whole = await scale();
    const pane = page.locator('.pane');
    await pane.press('+');
    expect(await scale()).toBeCloseTo(1.25 * whole);
    await pane.press('0');
    expect(await scale()).toBeCloseTo(whole);
    await pane.hover();
    await page.mouse.wheel(0, -500);
    await expect.poll(scale).toBeGreaterThan(2 * whole);
    await page.getByRole('button', { name: 'Whole' }).click();
    await page.getByRole('button', { name: 'Side by side' }).click();
    expect(await page.locator('.pane').count()).toBe(2);
    expect(await page.locator('.heat').count()).toBe(1);
    await page.keyboard.down('c');
    expect(await page.locator('.heat').count()).toBe(0);
    await page.keyboard.up('c');
    expect(await page.locator('.heat').count()).toBe(1);
    await page.getByLabel('Millimetres a pixel').fill('0.5');
    expect(await page.locator('.boxes tbody').textContent()).toMatch(/\d mm, [\d.]+ mm²/);
  });

  it('gives what people said as a calibration set that fit and recalibrate take', async () => {
    const page = await emptyPage();
    const good = Array.from({ length: 8 }, (_, i) => file(`test/good/00${i}.png`));
    await choose(page, [...good, file('test/scratch/000.png'), file('test/scratch/001.png')]);
    await judged(page, 10);
    for (let i = 0; i < 10; i++) {
      await page.locator('.strip .entry').nth(i).click();
      await page.keyboard.press(i < 8 ? 'g' : 'f');
    }
    await page.getByText('8 good, 2 flawed').waitFor();
    const files = await downloadedLabels(page);
    const unpacked = join(dirname(folder.root), 'labels');
    for (const { path, data } of files) {
      mkdirSync(dirname(join(unpacked, path)), { recursive: true });
      writeFileSync(join(unpacked, path), data);
    }
    expect(readFileSync(join(unpacked, 'good/003.png'))).toEqual(readFileSync(good[3]!));
    const output = join(dirname(folder.root), 'again.onnx');
    const { images, threshold } = await quickFit({
      ...{ data: folder.root, output, calibrate: unpacked },
    });
    expect(images.calibration).toMatchObject({ anomalous: 2 });
    expect(threshold.rule).toBe('f1-optimal');
    const report = await recalibrate({
      model: output,
      paths: [join(unpacked, 'good')],
      fpr: undefined,
    });
    expect(report.images.calibrated).toBeGreaterThan(5);
  });

  it('judges what the camera sees, and freezes it', async () => {
    const page = await emptyPage();
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.locator('.camera .word').waitFor();
    const live = await verdict(page);
    expect(await page.locator('.camera .verdict').textContent()).toMatch(/[\d.]+ images a second/);
    await page.getByRole('button', { name: 'Freeze this frame' }).click();
    await judged(page, 1);
    expect(await verdict(page)).toBe(live);
    expect(await page.locator('.file-name').textContent()).toMatch(/^camera-[\dT-]+\.png$/);
    // What was frozen is a photograph as any other: Node.js says of its file what the page says.
    await page.keyboard.press('f');
    const [{ path, data }] = (await downloadedLabels(page)) as [ZippedFile];
    expect(path).toMatch(/^flawed\/camera-/);
    await using node = await load(model('part'));
    const expected = await node.inspect(data);
    expect(live).toContain(expected.verdict);
    expect(Math.abs((await shownScore(page)) - expected.score)).toBeLessThan(1e-3 * expected.score);
  });

  it('goes on without a network: page, models of the host, models given by hand', async () => {
    const other = await staticSite(join(dirname(folder.root), 'other'), ['part']);
    cpSync(model('part'), join(other.folder, 'models', 'part.onnx'));
    const page = await open({ serviceWorkers: 'allow' }, other.address);
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    await page.locator('.model input[type=file]').setInputFiles(model('part-labelled'));
    await page.getByText('part-labelled (kept in this browser)').waitFor({ state: 'attached' });
    await choose(page, [file('test/scratch/000.png')]);
    await judged(page, 1);
    const score = await shownScore(page);
    await page.context().setOffline(true);
    await other.close();
    await page.reload();
    // From the service worker come the headers that let threads be used.
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    for (const name of ['part', 'part-labelled (kept in this browser)']) {
      await page.getByLabel('Model', { exact: true }).selectOption({ label: name });
      await choose(page, [file('test/scratch/000.png')]);
      await page.locator('.verdict .word').waitFor();
      expect(Math.abs((await shownScore(page)) - score)).toBeLessThan(1e-3 * score);
    }
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Forget it' }).count()).toBe(0);
    await closeWithContext(page);
    // What the browser itself says of a network that is absent.
    troubles = troubles.filter((trouble) => !trouble.includes('ERR_INTERNET_DISCONNECTED'));
  });

  describe('what it cannot take', () => {
    it('is a photograph with transparent parts, print colours or no picture in it', async () => {
      const page = await emptyPage();
      const { default: sharp } = await import('sharp');
      const create = { width: 40, height: 40, channels: 4, background: '#80808080' } as const;
      await drop(page, 'glass.png', 'image/png', await sharp({ create }).png().toBuffer());
      await page.getByText('The image glass.png has transparent parts').waitFor();
      const opaque = { ...create, channels: 3, background: '#808080' } as const;
      const print = await sharp({ create: opaque }).toColourspace('cmyk').jpeg().toBuffer();
      await drop(page, 'print.jpg', 'image/jpeg', print);
      await page.getByText('The image print.jpg has print colours').waitFor();
      await drop(page, 'notes.png', 'image/png', Buffer.from('no picture'));
      await page.getByText('Notes.png is not an image that this browser can read').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('save it as PNG');
    });

    it('is a model that flawmap did not fit', async () => {
      const page = await emptyPage();
      await drop(page, 'other.onnx', '', Buffer.from('<!doctype html>'));
      await page.getByText('Other is not a model flawmap can read').waitFor();
    });
  });

  describe('keeps nobody from using it', () => {
    async function expectNoViolations(page: Page): Promise<void> {
      await page.evaluate(axe.source);
      expect(await violations(page)).toEqual([]);
      await choose(page, [file('test/good/000.png'), file('test/scratch/000.png')]);
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
      const page = await emptyPage();
      await page.emulateMedia({ colorScheme });
      await expectNoViolations(page);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('on a phone', async () => {
      const page = await open(PHONE);
      await page.getByText('the model part').waitFor();
      await expectNoViolations(page);
      await closeWithContext(page);
    });
  });

  describe('with an emulated graphics card', () => {
    const facts = async (page: Page) => {
      await page.locator('.facts summary').click();
      return page.locator('.facts').textContent();
    };

    it('computes with WebAssembly, says why, and loads nothing more', async () => {
      const page = await emptyPage();
      await choose(page, [file('test/scratch/000.png')]);
      await judged(page, 1);
      expect(await facts(page)).toMatch(/WebAssembly, .*WebGPU is not used: .* only emulated here/);
      const runtimes = asked.get(page)!.filter((address) => address.endsWith('.wasm'));
      expect(runtimes).toEqual([`${site.address}ort/ort-wasm-simd-threaded.wasm`]);
    });

    it('says what Node.js says when it is asked to compute there, of one model after another', async () => {
      // Small: what a real card does in milliseconds takes an emulated one seconds.
      const preprocessing = { resize: 64, crop: 64 };
      const coresets = { few: 0.05, more: 0.5 };
      for (const [name, coreset] of Object.entries(coresets)) {
        await quickFit({ data: folder.root, output: model(name), preprocessing, coreset });
      }
      const page = await open({}, 'about:blank');
      const models = Object.keys(coresets).map((name) => ({ name, file: `models/${name}.onnx` }));
      await page.route('**/models.json', (route) => route.fulfill({ json: { models } }));
      await page.goto(`${site.address}?runtime=webgpu`);
      for (const { name } of models) {
        // The first is opening already: once more, as people who are in a hurry do.
        await page.getByLabel('Model', { exact: true }).selectOption({ label: name });
        await page.locator('.welcome').getByText(`the model ${name}`).waitFor();
        await using node = await load(model(name));
        await expectAsInNode(page, node, [file('test/good/000.png'), file('test/scratch/001.png')]);
        expect(await facts(page)).toContain('Computes withWebGPU');
        await removeAll(page);
      }
      await closeWithContext(page);
    });
  });

  it('takes photographs that are pasted', async () => {
    const page = await emptyPage();
    await paste(page, Buffer.from(await photographPng({ seed: 1001 })));
    await judged(page, 1);
    expect(await verdict(page)).not.toContain('anomalous');
  });

  it('is what flawmap serve has at its root', async () => {
    const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
    if (!existsSync(main)) throw new Error(`${main} is absent: run npm run build first`);
    const args = [main, 'serve', model('part'), '--port', '0', '--json', '--workers', '1'];
    const child = spawn(process.execPath, [...args, '--token', 'secret'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { address } = JSON.parse(line.toString().split('\n')[0]!) as { address: string };
      const page = await open({ serviceWorkers: 'allow' }, `${address}/?token=secret`);
      await choose(page, [file('test/scratch/000.png')]);
      await judged(page, 1);
      expect(await verdict(page)).toContain('anomalous');
      expect(await page.evaluate('crossOriginIsolated')).toBe(true);
      await closeWithContext(page);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

async function removeAll(page: Page): Promise<void> {
  const removes = page.locator('.strip .remove');
  while ((await removes.count()) > 0) await removes.first().click();
}

async function downloadedLabels(page: Page): Promise<ZippedFile[]> {
  const button = page.getByRole('button', { name: 'Download as calibration set' });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(download.suggestedFilename()).toBe('part-labels.zip');
  return readZip(readFileSync(await download.path()));
}

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
