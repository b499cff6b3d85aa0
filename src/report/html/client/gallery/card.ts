/** One image of the gallery with what was made of it. */
import { element } from '../dom.ts';
import { scoreText } from '../threshold/scoreRange.ts';
import type { GalleryEntry } from './galleryEntries.ts';
import { panes } from './panes.ts';

export const OUTCOMES: Readonly<Record<string, string>> = {
  tp: 'defect found',
  fp: 'false alarm',
  tn: 'rightly passed',
  fn: 'defect missed',
};

export function card(entry: GalleryEntry, onOpen: () => void): HTMLElement {
  const { picture } = entry;
  const open = element(
    'button',
    { type: 'button', class: 'open' },
    element('span', { class: 'hidden' }, `Enlarge ${picture.category}, ${picture.id}:`),
    panes(entry),
  );
  open.addEventListener('click', onOpen);
  return element('li', { class: 'card' }, open, caption(entry));
}

export function caption({ picture, judgement, margin }: GalleryEntry): HTMLElement {
  const { category, condition, id } = picture;
  const { method, score, threshold, outcome } = judgement;
  const far = margin === null ? '' : `, margin ${percent(margin)} of the threshold`;
  return element(
    'p',
    { class: 'caption' },
    element('span', { class: `outcome ${outcome}` }, OUTCOMES[outcome] ?? outcome),
    ' ',
    element('bdi', {}, `${category}/${id}`),
    `, ${condition}. ${method}: score ${scoreText(score)}, threshold ${scoreText(threshold)}${far}.`,
  );
}

const percent = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '\u2212' : ''}${Math.abs(100 * share).toFixed(1)}%`;
