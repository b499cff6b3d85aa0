/** Light or dark: as the system says, until somebody chooses. */
import { element } from './dom.ts';

type Theme = 'light' | 'dark';
const KEY = 'flawmap-theme';

/** Early, so that the page does not flash. */
export function applyTheme(): void {
  const theme = remembered();
  if (theme !== null) document.documentElement.dataset.theme = theme;
}

export function startThemeToggle(controls: Element): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const now = (): Theme => {
    const chosen = document.documentElement.dataset.theme;
    return chosen === 'dark' || chosen === 'light' ? chosen : system.matches ? 'dark' : 'light';
  };
  const other = (): Theme => (now() === 'dark' ? 'light' : 'dark');
  const button = element('button', { type: 'button', class: 'theme' });
  const name = () => {
    button.textContent = other() === 'dark' ? 'Dark' : 'Light';
    button.setAttribute('aria-label', `${button.textContent} colours`);
  };
  button.addEventListener('click', () => {
    const theme = other();
    document.documentElement.dataset.theme = theme;
    remember(theme);
    name();
  });
  system.addEventListener('change', name);
  name();
  controls.append(button);
}

function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    // Pages from a folder may not be allowed to remember.
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above: it lasts until the page is closed.
  }
}
