/** The first sight comes at once: chapters below it are laid out after the page has opened. */

/** The style sheet leaves out of layout what is out of sight, until the page is `laid-out`. */
export function layOutLater(): void {
  addEventListener('load', () => {
    // A frame for what is in sight, then the rest: links lead to the right place from then on.
    requestAnimationFrame(() =>
      setTimeout(() => {
        document.documentElement.classList.add('laid-out');
        if (document.scrollingElement?.scrollTop)
          document.querySelector(':target')?.scrollIntoView();
      }),
    );
  });
}
