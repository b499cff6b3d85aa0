import { describe, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { drawPng } from './drawPng.ts';

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">${content}</svg>`;
const text = (font: string, words: string) =>
  svg(`<text x="2" y="15" font-size="14" font-family="${font}">${words}</text>`);

describe('drawPng', () => {
  test('is a PNG of twice the size', async () => {
    const png = Buffer.from(await drawPng(svg('')));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([120, 40]);
  });

  test('shows text, in one font whatever is asked for', async () => {
    const blank = sha256(await drawPng(svg('')));
    const paper = sha256(await drawPng(text('Libertinus Serif', 'AUROC')));
    expect(paper).not.toBe(blank);
    expect(sha256(await drawPng(text('DejaVu Sans', 'AUROC')))).toBe(paper);
    expect(sha256(await drawPng(text('sans-serif', 'AUROC')))).toBe(paper);
    expect(sha256(await drawPng(text('Libertinus Serif', 'PRO')))).not.toBe(paper);
  });
});
