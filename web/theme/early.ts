/** Before anything is drawn, so that the page does not flash. */
import { applyRememberedTheme } from './theme.ts';

applyRememberedTheme();
