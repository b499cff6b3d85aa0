/** What the page does beyond being read. */
import { startDownloads } from './download.ts';
import { startGallery } from './gallery/gallery.ts';
import { layOutLater } from './layOut.ts';
import { startNavigation } from './navigation.ts';
import { startTabs } from './tabs.ts';
import { applyTheme, startThemeToggle } from './theme.ts';
import { startExplorer } from './threshold/explorer.ts';

applyTheme();
document.documentElement.classList.add('scripted');
layOutLater();
document.addEventListener('DOMContentLoaded', () => {
  const controls = document.querySelector('.controls');
  if (controls !== null) {
    startNavigation(controls);
    startThemeToggle(controls);
  }
  for (const part of document.querySelectorAll<HTMLElement>('[data-explorer]')) startExplorer(part);
  for (const part of document.querySelectorAll<HTMLElement>('[data-gallery]')) startGallery(part);
  startTabs();
  startDownloads();
});
