import { expect, test } from 'vitest';
import { allBlocks } from './allBlocks.ts';
import type { Block } from './report.ts';

const heading = (text: string): Block => ({ kind: 'heading', text });
const tabs = (...blocks: Block[]): Block => ({
  kind: 'tabs',
  label: 'Category',
  tabs: blocks.map((block) => ({ title: 'x', blocks: [block] })),
});
const chapter = (...blocks: Block[]) => ({ id: 'c', number: null, title: 'C', lead: '', blocks });

test('goes through chapters and tabs within tabs, in reading order', () => {
  const inner = tabs(heading('3'));
  const outer = tabs(heading('2'), inner);
  const chapters = [chapter(heading('1'), outer), chapter(heading('4'))];
  expect(allBlocks({ title: 'T', subtitle: '', chapters })).toEqual([
    heading('1'),
    outer,
    heading('2'),
    inner,
    heading('3'),
    heading('4'),
  ]);
});
