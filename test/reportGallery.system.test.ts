/** The gallery of the report's page in Chromium. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWithChromium } from './support/chromium.ts';
import { reportPages } from './support/reportPages.ts';

describeWithChromium('the gallery in Chromium', () => {
  const { open } = reportPages();
  const gallery = (page: Page) => page.locator('.gallery');
  const choose = (page: Page, name: string, option: string) =>
    gallery(page).getByLabel(name, { exact: true }).selectOption(option);
  const place = (page: Page) => gallery(page).locator('.pager .place');

  it('filters, sorts and turns pages', async () => {
    const page = await open();
    // Two categories, four images, one of two conditions, one of two methods.
    expect(await place(page).textContent()).toBe('1 to 8 of 8');
    await choose(page, 'Condition', '');
    expect(await place(page).textContent()).toBe('1 to 12 of 16');
    expect(await gallery(page).locator('.card').first().textContent()).toContain(
      'defect missed hazelnut/crack/001.png, clean. PatchCore: score 0.5, threshold 1, margin \u221250.0% of the threshold.',
    );
    await gallery(page).getByRole('button', { name: 'Next' }).first().click();
    expect(await place(page).textContent()).toBe('13 to 16 of 16');
    await choose(page, 'Outcome', 'fp');
    expect(await place(page).textContent()).toBe('1 to 4 of 4');
    await choose(page, 'Category', 'carpet');
    await choose(page, 'Condition', 'shifted');
    expect(await gallery(page).locator('.card').allTextContents()).toEqual([
      expect.stringContaining('carpet/good/003.png, shifted'),
    ]);
    await choose(page, 'Class', 'anomalous');
    expect(await place(page).textContent()).toBe('No image is like that.');
    await choose(page, 'Class', '');
    await choose(page, 'Method', '');
    await choose(page, 'Order', 'best');
    expect(await place(page).textContent()).toBe('1 to 2 of 2');
    await page.close();
  });

  it('lays the map over the image as strongly as one likes, and outlines the mask', async () => {
    const page = await open();
    const card = gallery(page).locator('.card').first();
    await card.scrollIntoViewIfNeeded();
    const map = card.locator('img.overlaid');
    await expect
      .poll(() => map.evaluate((image: Decoded) => image.complete && image.naturalWidth > 0))
      .toBe(true);
    expect(await opacityOf(map)).toBe('0.5');
    await gallery(page).getByLabel('Map over the image').fill('80');
    expect(await opacityOf(map)).toBe('0.8');
    const outline = card.locator('canvas').first();
    expect(await outline.isVisible()).toBe(false);
    await gallery(page).getByLabel('Outline of the mask').check();
    expect(await outline.isVisible()).toBe(true);
    await expect.poll(() => paintedPixels(outline)).toBeGreaterThan(20);
    // As many as lie on the edge of a disc of radius 12, not as many as lie within.
    expect(await paintedPixels(outline)).toBeLessThan(100);
    await page.close();
  });

  it('decodes no picture before it is near', async () => {
    const page = await open();
    await choose(page, 'Condition', '');
    expect(await gallery(page).locator('.card').last().locator('img[src]').count()).toBe(0);
    await page.close();
  });

  it('opens large by keyboard, moves by arrows, closes by Escape', async () => {
    const page = await open();
    const button = gallery(page).locator('.open').first();
    await button.press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('.place').textContent()).toBe('1 of 8');
    await page.keyboard.press('ArrowRight');
    expect(await dialog.locator('.place').textContent()).toBe('2 of 8');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await dialog.locator('.place').textContent()).toBe('8 of 8');
    await page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(0);
    expect(await button.evaluate((found) => found === found.ownerDocument.activeElement)).toBe(
      true,
    );
    await page.close();
  });
});

// Types of browsers are no part of Node's: what runs in the page names the few that it needs.
interface Decoded {
  readonly complete: boolean;
  readonly naturalWidth: number;
}
interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly getContext: (kind: '2d') => {
    readonly getImageData: (...box: number[]) => { readonly data: Uint8ClampedArray };
  };
}

const opacityOf = (image: Locator) =>
  image.evaluate((found) => found.ownerDocument.defaultView!.getComputedStyle(found).opacity);

const paintedPixels = (canvas: Locator) =>
  canvas.evaluate((found: Canvas) => {
    const { data } = found.getContext('2d').getImageData(0, 0, found.width, found.height);
    return data.filter((value, i) => i % 4 === 3 && value === 255).length;
  });
