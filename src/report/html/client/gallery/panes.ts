/** An image with what belongs to it: side by side, decoded when they come into sight. */
import { element } from '../dom.ts';
import type { GalleryEntry } from './galleryEntries.ts';
import { outlineMask } from './outlineMask.ts';

const OUTLINE = [255, 0, 200] as const;

/** The picture of the page's store with this number, as a data URI. */
function pictureUri(number: number): string {
  const kept = document.getElementById(`picture-${number}`);
  return kept instanceof HTMLImageElement ? kept.src : (kept?.textContent ?? '');
}

/** @returns image, mask, map and overlay; blank until {@link showPictures} */
export function panes({ picture, judgement }: GalleryEntry): HTMLElement {
  const { mask, width, height } = picture;
  const { map } = judgement;
  // With their size, so that nothing moves when they come.
  const blank = (number: number, kind: string) =>
    element('img', {
      ...{ 'data-picture': number, width, height },
      ...{ alt: '', class: kind, decoding: 'async' },
    });
  const image = () => blank(picture.image, '');
  const outline = () => (mask === null ? [] : [element('canvas', { 'data-mask': mask })]);
  const noMask = picture.anomalous ? 'no mask known' : 'no defect';
  return element(
    'span',
    { class: 'panes' },
    pane('Image', image(), ...outline()),
    mask === null ? missing('Mask', noMask) : pane('Mask', blank(mask, '')),
    map === null ? missing('Map', 'no map kept') : pane('Map', blank(map, '')),
    map === null
      ? missing('Overlay', 'no map kept')
      : pane('Overlay', image(), blank(map, 'overlaid'), ...outline()),
  );
}

const pane = (name: string, ...layers: readonly Node[]): HTMLElement =>
  element(
    'span',
    { class: 'pane' },
    element('span', { class: 'layers' }, ...layers),
    element('span', { class: 'name' }, name),
  );

const missing = (name: string, text: string): HTMLElement =>
  pane(name, element('span', { class: 'nothing' }, text));

export function showPictures(within: Element): void {
  for (const image of within.querySelectorAll<HTMLImageElement>('img[data-picture]')) {
    image.src = pictureUri(Number(image.dataset.picture));
    image.removeAttribute('data-picture');
  }
  for (const canvas of within.querySelectorAll<HTMLCanvasElement>('canvas[data-mask]')) {
    void drawOutline(canvas, pictureUri(Number(canvas.dataset.mask)));
    canvas.removeAttribute('data-mask');
  }
}

async function drawOutline(canvas: HTMLCanvasElement, uri: string): Promise<void> {
  const mask = new Image();
  mask.src = uri;
  await mask.decode();
  const { naturalWidth: width, naturalHeight: height } = mask;
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  context.drawImage(mask, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  context.putImageData(new ImageData(outlineMask(data, width, height, OUTLINE), width), 0, 0);
}
