/** The inspector page in Chromium: what it says and what it does. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exportHalf } from '../src/inspection/export/exportHalf.ts';
import { DEFAULT_FIT, type FitOptions, fit as fitInspector } from '../src/inspection/fit.ts';
import { load } from '../src/inspection/load.ts';
import { recalibrate } from '../src/inspection/upkeep/recalibrate.ts';
import { describeWithChromium } from './support/chromium.ts';
import {
  expectAsInNode,
  type InspectorPages,
  openInspectorPages,
  shownVerdict,
} from './support/inspectorPages.ts';
import { photograph, photographPng } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { readZip, type ZippedFile } from './support/readZip.ts';
import { describeWithShared, sharedPath } from './support/shared.ts';
import { choose, drop, judged, paste, shownScore } from './support/webPages.ts';

describeWithChromium('the inspector page in Chromium', () => {
  let pages: InspectorPages;
  beforeAll(async () => {
    pages = await openInspectorPages();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pages.forgetShared();
    expect(pages.takeTroubles()).toEqual([]);
  });
  afterAll(() => pages?.close());

  describe('what it says', () => {
    it('is what Node.js says', async () => {
      const page = await pages.emptyPage();
      await using node = await load(pages.model('part'));
      await expectAsInNode(page, node, [
        pages.file('test/good/000.png'),
        pages.file('test/scratch/001.png'),
      ]);
      expect(await page.locator('.boxes tbody tr').count()).toBe(1);
    });

    it('does not depend on colour profiles, and turns photographs as their camera was held', async () => {
      const page = await pages.emptyPage();
      const { default: sharp } = await import('sharp');
      const wide = photograph({ seed: 2000, flawed: true, width: 128, height: 96 });
      const raw = { width: 128, height: 96, channels: 3 } as const;
      const plain = sharp(wide.data, { raw });
      // The same numbers under another profile, and turned by EXIF alone.
      const profile = await plain.clone().withIccProfile('p3').png().toBuffer();
      const marked = await plain.clone().withMetadata({ orientation: 6 }).png().toBuffer();
      await drop(page, 'profile.png', 'image/png', profile);
      await judged(page, 1);
      await using node = await load(pages.model('part'));
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
      const inTemporary = (name: string) => join(dirname(pages.root), name);
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
        const page = await pages.emptyPage(output);
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
      const page = await pages.emptyPage();
      await page.getByLabel('Model', { exact: true }).selectOption({ label: 'part-labelled' });
      await choose(page, [pages.file('test/scratch/000.png')]);
      await judged(page, 1);
      const rates = () => page.locator('.rates dd').allTextContents();
      await expect.poll(rates).not.toContain('…');
      const number = page.getByLabel('Flagged above');
      await number.fill('1e6');
      expect(await shownVerdict(page)).toContain('normal');
      // All of 3 flawed images lie below it: at least 0.05 ** (1 / 3) with a one-sided 95%.
      expect((await rates())[0]).toMatch(/^0%, between 0% and \d+%0 of \d+ above it$/);
      expect((await rates())[1]).toMatch(/^100%, between 2\d% and 100%3 of 3 not above it$/);
      await number.fill('0');
      expect(await shownVerdict(page)).toContain('anomalous');
      expect((await rates())[1]).toMatch(/^0%, between 0% and 7\d%/);
      const slider = page.getByRole('slider', { name: 'Threshold' });
      await slider.press('End');
      expect(await shownVerdict(page)).toContain('normal');
      await page.getByRole('button', { name: "The model's own" }).click();
      expect(await shownVerdict(page)).toContain('anomalous');
    });

    it('says that misses cannot be known without labelled flaws, until some are marked', async () => {
      const page = await pages.emptyPage();
      await choose(page, [pages.file('test/scratch/000.png')]);
      await judged(page, 1);
      const missed = page.locator('.rates dd').nth(1);
      await page.getByText('Cannot be known').waitFor();
      await page.keyboard.press('f');
      await page.getByText('0 of 1 not above it').waitFor();
      expect(await missed.textContent()).toMatch(/^0%, between 0% and 9\d%/);
    });
  });

  it('shows the training patch that a place is nearest to', async () => {
    const page = await pages.emptyPage();
    // Held-out images are not in the bank; of one that is, patches are nearest to themselves.
    await using node = await load(pages.model('part'));
    const { id } = node.metadata.training[0]!;
    await choose(page, [pages.file(id)]);
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
    const page = await pages.emptyPage();
    await choose(page, [pages.file('test/scratch/000.png')]);
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
    const page = await pages.emptyPage();
    const good = Array.from({ length: 8 }, (_, i) => pages.file(`test/good/00${i}.png`));
    await choose(page, [
      ...good,
      pages.file('test/scratch/000.png'),
      pages.file('test/scratch/001.png'),
    ]);
    await judged(page, 10);
    for (let i = 0; i < 10; i++) {
      await page.locator('.strip .entry').nth(i).click();
      await page.keyboard.press(i < 8 ? 'g' : 'f');
    }
    await page.getByText('8 good, 2 flawed').waitFor();
    const files = await downloadedLabels(page);
    const unpacked = join(dirname(pages.root), 'labels');
    for (const { path, data } of files) {
      mkdirSync(dirname(join(unpacked, path)), { recursive: true });
      writeFileSync(join(unpacked, path), data);
    }
    expect(readFileSync(join(unpacked, 'good/003.png'))).toEqual(readFileSync(good[3]!));
    const output = join(dirname(pages.root), 'again.onnx');
    const { images, threshold } = await quickFit({
      ...{ data: pages.root, output, calibrate: unpacked },
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
    const page = await pages.emptyPage();
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.locator('.camera .word').waitFor();
    const live = await shownVerdict(page);
    expect(await page.locator('.camera .verdict').textContent()).toMatch(/[\d.]+ images a second/);
    await page.getByRole('button', { name: 'Freeze this frame' }).click();
    await judged(page, 1);
    expect(await shownVerdict(page)).toBe(live);
    expect(await page.locator('.file-name').textContent()).toMatch(/^camera-[\dT-]+\.png$/);
    // What was frozen is a photograph as any other: Node.js says of its file what the page says.
    await page.keyboard.press('f');
    const [{ path, data }] = (await downloadedLabels(page)) as [ZippedFile];
    expect(path).toMatch(/^flawed\/camera-/);
    await using node = await load(pages.model('part'));
    const expected = await node.inspect(data);
    expect(live).toContain(expected.verdict);
    expect(Math.abs((await shownScore(page)) - expected.score)).toBeLessThan(1e-3 * expected.score);
  });

  describe('what it cannot take', () => {
    it('is a photograph with transparent parts, print colours or no picture in it', async () => {
      const page = await pages.emptyPage();
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
      const page = await pages.emptyPage();
      await drop(page, 'other.onnx', '', Buffer.from('<!doctype html>'));
      await page.getByText('Other is not a model flawmap can read').waitFor();
    });
  });

  it('takes photographs that are pasted', async () => {
    const page = await pages.emptyPage();
    await paste(page, Buffer.from(await photographPng({ seed: 1001 })));
    await judged(page, 1);
    expect(await shownVerdict(page)).not.toContain('anomalous');
  });
});

async function downloadedLabels(page: Page): Promise<ZippedFile[]> {
  const button = page.getByRole('button', { name: 'Download as calibration set' });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(download.suggestedFilename()).toBe('part-labels.zip');
  return readZip(readFileSync(await download.path()));
}
