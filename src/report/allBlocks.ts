/** All blocks of a report in reading order, those within tabs as well. */
import type { Block, Report } from './report.ts';

export const allBlocks = ({ chapters }: Report): readonly Block[] =>
  chapters.flatMap(({ blocks }) => blocks.flatMap(withInner));

const withInner = (block: Block): readonly Block[] =>
  block.kind === 'tabs'
    ? [block, ...block.tabs.flatMap(({ blocks }) => blocks.flatMap(withInner))]
    : [block];
