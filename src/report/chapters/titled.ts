import type { Block } from '../report.ts';

/** Blocks under a heading, which does not stand without any. */
export const titled = (text: string, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [{ kind: 'heading', text }, ...blocks];
