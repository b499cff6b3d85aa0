/** Methods have the same colour in all charts. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import { METHODS, type Method } from '../../result/scenario.ts';
import type { PlotTheme } from './plotTheme.ts';

/** A colour scale over the methods' titles. */
export function methodColours(methods: readonly Method[], theme: PlotTheme) {
  const shown = METHODS.filter((method) => methods.includes(method));
  return {
    domain: shown.map((method) => METHOD_TITLES[method]),
    range: shown.map((method) => theme[method]),
  };
}
