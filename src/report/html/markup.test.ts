import { expect, test } from 'vitest';
import { html, type Part, trusted } from './markup.ts';

test('text cannot become markup, in elements and in attributes', () => {
  const name = `<img src=x onerror="alert('1')">&\``;
  expect(String(html`<p title="${name}">${name}</p>`)).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;">' +
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;</p>',
  );
});

test('markup in markup stays as it is; lists follow one another; nothing leaves nothing', () => {
  const items = ['a<b', 'c'].map((item) => html`<li>${item}</li>`);
  const page = html`<ul>${items}</ul>${null}${false}${undefined}${0}${trusted('<hr>')}`;
  expect(String(page)).toBe('<ul><li>a&lt;b</li><li>c</li></ul>0<hr>');
});

test('what only looks like markup is escaped', () => {
  const forged = { toString: () => '<b>' };
  expect(() => html`${forged as unknown as Part}`).toThrow();
});
