import { describe, expect, it } from 'vitest';
import { HOSTILE_NAME } from '../../../test/support/drawn.ts';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { scenarioWith } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { cleanMethod } from './cleanMethod.ts';

const withClean = (clean: ReturnType<typeof scenarioWith>[]) => ({
  result: reportResult({ experiments: { clean }, analysis: {}, macro: {} }),
  pictures: NO_PICTURES,
});

describe('cleanMethod', () => {
  it.each([
    ['patchcore', '04'],
    ['padim', '05'],
  ] as const)('tells of %s alone', async (method, number) => {
    const chapter = await expectWellFormed(cleanMethod(reportInput(), method));
    expect(chapter.number).toBe(number);
    const kinds = blocksOf(chapter).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'plot')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'table')).toHaveLength(5);
    expect(chapter.lead).toMatch(/hazelnut 0\.\d{3} \[.*\] and zipper 0\.\d{3} \[/);
  });

  it('says what a perfect order of few images leaves open, and that one seed was run', async () => {
    const chapter = await expectWellFormed(cleanMethod(withClean([scenarioWith()]), 'patchcore'));
    const notes = blocksOf(chapter).flatMap((block) =>
      block.kind === 'prose' && block.tone === 'note' ? [block.text] : [],
    );
    expect(notes[0]).toContain('down to the number in brackets: nut (0.300)');
    expect(notes[1]).toContain('One seed was run');
    expect(chapter.lead).toBe(
      'Image AUROC: nut 1.000 [0.300, 1.000], on 2 normal and 2 anomalous test images. At the chosen threshold: nut 0 of 2 false alarms, 2 of 2 flaws found.',
    );
  });

  it('survives one normal image, and any name', async () => {
    const { counts, images } = scenarioWith();
    const one = scenarioWith({
      category: HOSTILE_NAME,
      counts: { ...counts, test: { normal: 1, anomalous: 0 }, pixelImages: 0 },
      metrics: {},
      notComputable: { image_auroc: 'no anomalous test images' },
      images: images.slice(0, 1),
    });
    const chapter = await expectWellFormed(cleanMethod(withClean([one]), 'patchcore'));
    const plots = blocksOf(chapter).filter(({ kind }) => kind === 'plot');
    expect(plots).toHaveLength(1);
  });

  it('is empty for a method that was not run', () => {
    expect(cleanMethod(withClean([scenarioWith()]), 'padim')).toBeNull();
    expect(cleanMethod(reportInput({ experiments: {} }), 'patchcore')).toBeNull();
  });
});
