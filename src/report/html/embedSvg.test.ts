import { expect, test } from 'vitest';
import { embedSvg, svgSize } from './embedSvg.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="300" height="99.5" viewBox="0 0 300 99.5">' +
  '<defs><clipPath id="clip0"><rect x="0" y="0"/></clipPath></defs>' +
  '<g role="graphics-symbol" aria-label="a &quot;x&quot;" class="mark" style="display: none;" pointer-events="none" clip-path="url(#clip0)">' +
  '<path d="M1.23456,7.000000001L-0.00049,1e3" fill="var(--ink)" opacity="1" stroke="#c0ffee"/>' +
  '<text opacity="0.5">&lt;b id="clip0"&gt; 1.23456 role="x"</text></g></svg>';

const embedded = String(embedSvg(SVG, { id: 'plot-1', title: 'A <b>', description: 'says "x"' }));

test('is an image with a name and a description', () => {
  expect(embedded).toMatch(
    /^<svg [^>]*role="img" aria-labelledby="plot-1-title plot-1-description">/,
  );
  expect(embedded).toContain('<title id="plot-1-title">A &lt;b&gt;</title>');
  expect(embedded).toContain('<desc id="plot-1-description">says &quot;x&quot;</desc>');
  expect(embedded).toContain('viewBox="0 0 300 99.5" width="300" height="99.5"');
  expect(svgSize(SVG)).toEqual({ width: 300, height: 99.5 });
});

test('its ids are its own, what the policy forbids is gone, positions are short', () => {
  expect(embedded).toContain('<clipPath id="plot-1-clip0">');
  expect(embedded).toContain('<g clip-path="url(#plot-1-clip0)">');
  expect(embedded).toContain('<path d="M1.23,7L0,1e3" fill="var(--ink)" stroke="#c0ffee"/>');
});

test('text stays as it is', () => {
  expect(embedded).toContain('<text opacity="0.5">&lt;b id="clip0"&gt; 1.23456 role="x"</text>');
});
