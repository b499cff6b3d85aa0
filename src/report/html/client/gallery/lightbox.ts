/** A large view of one entry after another: arrow keys move, Escape closes. */
import { element } from '../dom.ts';
import { caption } from './card.ts';
import type { GalleryEntry } from './galleryEntries.ts';
import { panes, showPictures } from './panes.ts';

export interface Lightbox {
  readonly dialog: HTMLDialogElement;
  readonly open: (entries: readonly GalleryEntry[], index: number) => void;
}

export function createLightbox(): Lightbox {
  let entries: readonly GalleryEntry[] = [];
  let index = 0;
  const view = element('div', { class: 'view', 'aria-live': 'polite' });
  const place = element('p', { class: 'place' });
  const control = (name: string, act: () => void) => {
    const button = element('button', { type: 'button' }, name);
    button.addEventListener('click', act);
    return button;
  };
  const show = () => {
    const entry = entries[index]!;
    view.replaceChildren(panes(entry), caption(entry));
    showPictures(view);
    place.textContent = `${index + 1} of ${entries.length}`;
  };
  const move = (by: number) => {
    index = (index + by + entries.length) % entries.length;
    show();
  };
  const dialog = element(
    'dialog',
    { class: 'lightbox', 'aria-label': 'Large view' },
    element(
      'div',
      { class: 'bar' },
      control('Previous', () => move(-1)),
      place,
      control('Next', () => move(1)),
      control('Close', () => dialog.close()),
    ),
    view,
  );
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowRight') move(1);
    if (key === 'ArrowLeft') move(-1);
  });
  // A click beside the content meets the dialog itself.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  return {
    dialog,
    open: (those, at) => {
      [entries, index] = [those, at];
      show();
      dialog.showModal();
    },
  };
}
