/** The report's page in Chromium: what it shows, what it does, who can use it, what it weighs. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../src/report/html/renderPage.ts';
import { describeWithChromium } from './support/chromium.ts';
import { manyPictures } from './support/manyPictures.ts';
import { HOSTILE, reportPages } from './support/reportPages.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

describeWithChromium('the page in Chromium', () => {
  const { open, file } = reportPages();

  describe('the threshold', () => {
    const cells = async (page: Page) =>
      Object.fromEntries(
        await Promise.all(
          ['tn', 'fp', 'fn', 'tp'].map(async (kind) => {
            const text = await page.locator(`[data-cell=${kind}]`).textContent();
            return [kind, Number.parseInt(text ?? '', 10)];
          }),
        ),
      );
    const metrics = async (page: Page) =>
      Object.fromEntries(
        await page
          .locator('[data-metric]')
          .evaluateAll((found) =>
            found.map((cell) => [cell.getAttribute('data-metric'), cell.textContent]),
          ),
      );

    // Scores: normal 0.1 0.2 0.3 0.4 0.7, anomalous 0.5 0.6 0.8 0.9 1; everything below by hand.
    it('moves the confusion matrix and every metric', async () => {
      const page = await open();
      await page.getByRole('spinbutton', { name: 'Threshold' }).fill('0.55');
      expect(await cells(page)).toEqual({ tn: 4, fp: 1, fn: 1, tp: 4 });
      expect(await metrics(page)).toEqual({
        Recall: '0.800',
        Specificity: '0.800',
        Precision: '0.800',
        Accuracy: '0.800',
        F1: '0.800',
        'Balanced accuracy': '0.800',
        MCC: '0.600',
      });
      // A score that equals the threshold is not flagged. MCC: 3 * 5 / sqrt(3 * 5 * 5 * 7)
      await page.getByRole('button', { name: 'B: normal images alone, 0.7' }).click();
      expect(await cells(page)).toEqual({ tn: 5, fp: 0, fn: 2, tp: 3 });
      expect(await metrics(page)).toMatchObject({
        Recall: '0.600',
        Specificity: '1.000',
        Precision: '1.000',
        F1: '0.750',
        MCC: '0.655',
      });
      // scipy.stats.binomtest(3, 5).proportion_ci(0.95, 'exact')
      await expect(page.locator('.metrics').textContent()).resolves.toContain(
        '0.600[0.147, 0.947]5 anomalous',
      );
      await page.close();
    });

    it('follows the keys, and says aloud where it rests', async () => {
      const page = await open();
      const slider = page.getByRole('slider', { name: 'Threshold' });
      await slider.press('Home');
      expect(await cells(page)).toEqual({ tn: 0, fp: 5, fn: 0, tp: 5 });
      await slider.press('End');
      expect(await cells(page)).toEqual({ tn: 5, fp: 0, fn: 5, tp: 0 });
      expect(await page.locator('.metrics').textContent()).toContain(
        'not computable: nothing is flagged',
      );
      const before = Number(await slider.inputValue());
      await slider.press('ArrowLeft');
      expect(Number(await slider.inputValue())).toBe(before - 1);
      await page
        .locator('.explorer [role=status]')
        .filter({ hasText: '0 of 5 anomalous and 0 of 5 normal images are flagged' })
        .waitFor({ state: 'attached' });
      await page.close();
    });

    it('begins at the threshold of the study, for each category its own', async () => {
      const page = await open();
      const threshold = page.getByRole('spinbutton', { name: 'Threshold' });
      expect(await threshold.inputValue()).toBe('0.45');
      await page.locator('.explorer').getByLabel('Category').selectOption('carpet');
      expect(await threshold.inputValue()).toBe('1.45');
      expect(await cells(page)).toEqual({ tn: 4, fp: 1, fn: 0, tp: 5 });
      await page.close();
    });
  });

  describe('downloads', () => {
    const saved = async (page: Page, name: string) => {
      const button = page.getByRole('button', { name, exact: true }).first();
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      return {
        name: download.suggestedFilename(),
        text: readFileSync(await download.path(), 'utf8'),
      };
    };

    it('has the numbers of a drawing and of a table as CSV', async () => {
      const page = await open();
      expect(await saved(page, 'CSV of Bars of hazelnut')).toEqual({
        name: 'bars-hazelnut.csv',
        text: 'name,value\r\nhazelnut,2\r\nother,3.5\r\n',
      });
      const table = await saved(page, 'CSV of Image AUROC of hazelnut');
      expect(table.name).toBe('headline.csv');
      expect(table.text).toContain('\r\nhazelnut,0.92,0.801,0.971,40,');
      await page.close();
    });

    it('has a drawing as SVG in its own colours', async () => {
      const page = await open('page', { colorScheme: 'dark' });
      const { name, text } = await saved(page, 'SVG of Bars of hazelnut');
      expect(name).toBe('bars-hazelnut.svg');
      expect(text).toMatch(/^<\?xml [^>]*>\n<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(text).not.toContain('var(');
      expect(text).toContain('fill="#0072b2"');
      const parse = `new DOMParser().parseFromString(${JSON.stringify(text)}, 'image/svg+xml')`;
      expect(await page.evaluate(`${parse}.querySelectorAll('parsererror').length`)).toBe(0);
      await page.close();
    });

    it('has names that are file names', async () => {
      const page = await open('hostile');
      const { name } = await saved(page, `SVG of Bars of ${HOSTILE.replace('\u2028', ' ')}`);
      expect(name).toMatch(/^[\w.-]+\.svg$/);
      await page.close();
    });
  });

  it('has tabs that follow the keys', async () => {
    const page = await open();
    const tab = (name: string) => page.getByRole('tab', { name });
    const shown = () => page.locator('[role=tabpanel]:visible .prose').allTextContents();
    expect(await shown()).toEqual(['All of hazelnut.']);
    await tab('hazelnut').press('ArrowRight');
    expect(await shown()).toEqual(['All of carpet.']);
    expect(await tab('carpet').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await shown()).toEqual(['All of zipper.']);
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual(['All of hazelnut.']);
    await page.keyboard.press('Tab');
    expect(await tab('carpet').getAttribute('tabindex')).toBe('-1');
    await page.goto(`${pathToFileURL(file('page')).href}#plot-in-a-tab-zipper`);
    expect(await shown()).toEqual(['All of zipper.']);
    // No address keeps the page from starting.
    await page.goto(`${pathToFileURL(file('page')).href}#%`);
    await page.reload();
    expect(await shown()).toEqual(['All of hazelnut.']);
    await page.close();
  });

  it('marks the chapter that is read', async () => {
    const page = await open();
    const current = () => page.locator('.contents [aria-current]').allTextContents();
    expect(await current()).toEqual(['Summary']);
    await page.locator('.contents').getByRole('link', { name: 'Failures' }).click();
    await expect.poll(current).toEqual(['11 Failures']);
    const top = await page
      .locator('#failures-title')
      .evaluate((title) => title.getBoundingClientRect().top);
    expect(top).toBeGreaterThan(48);
    expect(top).toBeLessThan(300);
    await page.close();
  });

  it('is light or dark as the system is or as was chosen, and remembers it', async () => {
    const page = await open('page', { colorScheme: 'dark' });
    const paper = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await paper()).toBe('rgb(21, 23, 26)');
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await paper()).toBe('rgb(253, 252, 250)');
    await page.reload();
    expect(await paper()).toBe('rgb(253, 252, 250)');
    await page.close();
  });

  describe.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', PHONE],
  ])('%s', (_name, options) => {
    it.each(['page', 'hostile'])('keeps nobody from using %s', async (name) => {
      const page = await open(name, options);
      await page.evaluate(axe.source);
      expect(await violations(page)).toEqual([]);
      await page.locator('.open').first().click();
      expect(await violations(page)).toEqual([]);
      await page.close();
    });
  });

  it.each(['page', 'hostile'])('fits a phone: %s', async (name) => {
    const page = await open(name, PHONE);
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBe(360);
    const links = page.locator('.contents');
    expect(await links.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Chapters' }).click();
    expect(await links.isVisible()).toBe(true);
    await links.getByRole('link').last().click();
    expect(await links.isVisible()).toBe(false);
    await page.close();
  });

  it('runs nothing that a name brings along, and shows the name as it is', async () => {
    const page = await open('hostile');
    expect(await page.evaluate("'hacked' in globalThis")).toBe(false);
    expect(await page.locator('h1').textContent()).toBe(`Study of ${HOSTILE}`);
    expect(await page.locator('.verdicts .subject bdi').first().textContent()).toBe(HOSTILE);
    expect(await page.getByRole('tab').first().textContent()).toBe(HOSTILE);
    expect(await page.locator('.explorer option').first().textContent()).toBe(HOSTILE);
    expect(await page.locator('main b').count()).toBe(0);
    await page.close();
  });

  it('prints everything, without what can only be pressed', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.panel:visible').count()).toBe(3);
    expect(await page.locator('button:visible').count()).toBe(await page.locator('.open').count());
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    await page.close();
  });

  it('can be read without scripts', async () => {
    const page = await open('page', { javaScriptEnabled: false });
    expect(await page.locator('.panel:visible').count()).toBe(3);
    expect(await page.locator('.contents a:visible').count()).toBe(3);
    expect(await page.locator('.pictures img').count()).toBe(4);
    expect(await page.getByText('Moving the threshold needs scripts').isVisible()).toBe(true);
    await page.close();
  });

  it('holds 500 images under two conditions in 15 MB', async ({ annotate }) => {
    const { report, readPicture } = await manyPictures(500);
    writeFileSync(file('many'), await renderPage(report, { readPicture }));
    expect(statSync(file('many')).size).toBeLessThan(15e6);
    const start = performance.now();
    const page = await open('many');
    const seconds = (performance.now() - start) / 1000;
    expect(await page.locator('.gallery .pager .place').textContent()).toBe('1 to 12 of 500');
    const megabytes = (statSync(file('many')).size / 1e6).toFixed(1);
    await annotate(`${megabytes} MB, open after ${seconds.toFixed(2)} s`);
    await page.close();
  });
});

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
