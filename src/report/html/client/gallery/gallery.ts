/** The gallery: filters, order, pages of pictures, and how they are laid over one another. */
import type { GalleryPicture } from '../../pageData.ts';
import { distinct } from '../distinct.ts';
import { chooser, element, named, readJson } from '../dom.ts';
import { card, OUTCOMES } from './card.ts';
import {
  FILTERS,
  type Filter,
  type FilterName,
  filterEntries,
  filterValue,
  type GalleryEntry,
  galleryEntries,
  type Order,
  pageOf,
  sortEntries,
} from './galleryEntries.ts';
import { createLightbox } from './lightbox.ts';
import { showPictures } from './panes.ts';

const TITLES: Readonly<Record<FilterName, string>> = {
  category: 'Category',
  condition: 'Condition',
  method: 'Method',
  defectType: 'Defect',
  class: 'Class',
  outcome: 'Outcome',
};

const ORDERS: readonly { readonly value: Order; readonly title: string }[] = [
  { value: 'worst', title: 'worst first' },
  { value: 'best', title: 'best first' },
  { value: 'name', title: 'by name' },
];

const SIZES = ['12', '24', '48'];

export function startGallery(part: HTMLElement): void {
  const all = galleryEntries(readJson<readonly GalleryPicture[]>(`${part.id}-data`));
  // One method and condition to begin with: with several, every image would be there several times.
  const [first] = all;
  let filter: Filter = {
    method: first?.judgement.method ?? '',
    condition: first?.picture.condition ?? '',
  };
  let order: Order = 'worst';
  let size = Number(SIZES[0]);
  let page = 0;
  const cards = element('ul', { class: 'cards' });
  const place = element('p', { class: 'place', role: 'status' });
  const lightbox = createLightbox();
  const seen = lazily(cards);
  const show = () => {
    const found = sortEntries(filterEntries(all, filter), order);
    const shown = pageOf(found, page, size);
    page = shown.page;
    cards.replaceChildren(
      ...shown.entries.map((entry, i) => card(entry, () => lightbox.open(shown.entries, i))),
    );
    seen();
    place.textContent =
      found.length === 0
        ? 'No image is like that.'
        : `${shown.first} to ${shown.last} of ${found.length}`;
    previous.disabled = page === 0;
    next.disabled = page >= shown.pages - 1;
  };
  const change = (act: () => void) => {
    act();
    page = 0;
    show();
  };
  const turn = (name: string, by: number) => {
    const button = element('button', { type: 'button' }, name);
    button.addEventListener('click', () => {
      page += by;
      show();
    });
    return button;
  };
  const previous = turn('Previous', -1);
  const next = turn('Next', 1);
  const filters = FILTERS.map((name) => {
    const select = chooser(filterOptions(all, name), (value) =>
      change(() => {
        filter = { ...filter, [name]: value };
      }),
    );
    select.value = filter[name] ?? '';
    return named(TITLES[name], select);
  });
  const orders = chooser(ORDERS, (value) =>
    change(() => {
      order = value as Order;
    }),
  );
  const sizes = chooser(SIZES.map(plain), (value) =>
    change(() => {
      size = Number(value);
    }),
  );
  part.append(
    element(
      'div',
      { class: 'choices' },
      ...filters,
      named('Order', orders),
      named('Per page', sizes),
    ),
    element('div', { class: 'choices' }, opacityControl(part), outlineControl(part)),
    cards,
    element('div', { class: 'pager' }, previous, place, next),
    lightbox.dialog,
  );
  show();
}

const plain = (value: string) => ({ value, title: value });

function filterOptions(entries: readonly GalleryEntry[], name: FilterName) {
  const values = distinct(entries.map((entry) => filterValue(entry, name)));
  const title = (value: string) => (name === 'outcome' ? (OUTCOMES[value] ?? value) : value);
  return [{ value: '', title: 'all' }, ...values.map((value) => ({ value, title: title(value) }))];
}

function opacityControl(part: HTMLElement): HTMLElement {
  const slider = element('input', { type: 'range', min: 0, max: 100, value: 50 });
  const set = () => part.style.setProperty('--overlay', String(Number(slider.value) / 100));
  slider.addEventListener('input', set);
  set();
  return named('Map over the image', slider);
}

function outlineControl(part: HTMLElement): HTMLElement {
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('change', () => part.classList.toggle('outlined', box.checked));
  return element('label', { class: 'check' }, box, 'Outline of the mask');
}

/** @returns has the pictures of all cards shown as these come near; print shows all at once */
function lazily(cards: HTMLElement): () => void {
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { isIntersecting, target } of changes) {
        if (!isIntersecting) continue;
        showPictures(target);
        observer.unobserve(target);
      }
    },
    { rootMargin: '400px' },
  );
  addEventListener('beforeprint', () => showPictures(cards));
  return () => {
    observer.disconnect();
    for (const each of cards.children) observer.observe(each);
  };
}
