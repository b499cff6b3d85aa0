/** The list of chapters: which one is read now, and a button that opens the list on phones. */
import { element } from './dom.ts';

export function startNavigation(controls: Element): void {
  const contents = document.getElementById('contents');
  if (contents === null) return;
  const links = new Map(
    [...contents.querySelectorAll('a')].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  markCurrent(links);
  const button = element(
    'button',
    { type: 'button', class: 'menu', 'aria-expanded': 'false', 'aria-controls': 'contents' },
    'Chapters',
  );
  const open = (opened: boolean) => {
    button.setAttribute('aria-expanded', String(opened));
    contents.classList.toggle('open', opened);
  };
  button.addEventListener('click', () => open(!contents.classList.contains('open')));
  contents.addEventListener('click', () => open(false));
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !contents.classList.contains('open')) return;
    open(false);
    button.focus();
  });
  controls.prepend(button);
}

/** The last chapter that begins above the upper third of the window. */
function markCurrent(links: ReadonlyMap<string, HTMLAnchorElement>): void {
  const chapters = [...document.querySelectorAll<HTMLElement>('.chapter')];
  let current: HTMLAnchorElement | undefined;
  const mark = () => {
    const line = innerHeight / 3;
    const chapter = chapters.findLast((each) => each.getBoundingClientRect().top <= line);
    const link = links.get((chapter ?? chapters[0])?.id ?? '');
    if (link === current) return;
    current?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    // Not on phones, where the list is closed: scrolling a closed list would move the page.
    if (link?.offsetParent) keepInSight(link);
    current = link;
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  mark();
}

function keepInSight(link: HTMLElement): void {
  const list = link.closest('nav');
  if (list === null) return;
  const [own, around] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
  if (own.top < around.top) list.scrollTop -= around.top - own.top;
  if (own.bottom > around.bottom) list.scrollTop += own.bottom - around.bottom;
}
