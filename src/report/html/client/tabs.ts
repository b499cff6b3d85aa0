/** Makes tabs of parts that follow one another (ARIA Authoring Practices, tabs with automatic activation). */
import { element } from './dom.ts';

export function startTabs(): void {
  for (const group of document.querySelectorAll<HTMLElement>('[data-tabs]')) makeTabs(group);
  showTarget();
  addEventListener('hashchange', showTarget);
}

function makeTabs(group: HTMLElement): void {
  const panels = [...group.children].filter((child) => child instanceof HTMLElement);
  const tabs = panels.map((panel) =>
    element(
      'button',
      { type: 'button', role: 'tab', id: `${panel.id}-tab`, 'aria-controls': panel.id },
      panel.querySelector('.panel-title')?.textContent ?? '',
    ),
  );
  const select = (chosen: number) => {
    for (const [i, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i]!.hidden = i !== chosen;
    }
  };
  for (const [i, panel] of panels.entries()) {
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tabs[i]!.id);
    tabs[i]!.addEventListener('click', () => select(i));
    panel.addEventListener('show-panel', () => select(i));
  }
  const list = element('div', { role: 'tablist', 'aria-label': group.dataset.tabs ?? '' }, ...tabs);
  list.addEventListener('keydown', (event) => {
    const now = tabs.findIndex((tab) => tab.ariaSelected === 'true');
    const next = nextTab(event.key, now, tabs.length);
    if (next === null) return;
    event.preventDefault();
    select(next);
    tabs[next]!.focus();
  });
  group.prepend(list);
  select(0);
}

function nextTab(key: string, now: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (now + 1) % count;
    case 'ArrowLeft':
      return (now + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** A link may lead into a part that is not shown. */
function showTarget(): void {
  const target = document.querySelector(':target');
  const hidden = target?.closest('[role=tabpanel][hidden]');
  if (!target || !hidden) return;
  for (let panel: Element | null = hidden; panel !== null; ) {
    panel.dispatchEvent(new Event('show-panel'));
    panel = panel.parentElement?.closest('[role=tabpanel]') ?? null;
  }
  target.scrollIntoView();
}
