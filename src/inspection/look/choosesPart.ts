import type { LookOptions } from './look.ts';

/** Whether less than all of a photograph is asked for. */
export const choosesPart = ({ roi, ignore = [] }: LookOptions): boolean =>
  roi !== undefined || ignore.length > 0;
