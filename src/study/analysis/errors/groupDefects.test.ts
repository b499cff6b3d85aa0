import { describe, expect, it } from 'vitest';
import type { Defect, DefectProperty } from '../../../result/analysis/errors.ts';
import { measure } from '../../../result/analysis/figure.ts';
import { groupDefects } from './groupDefects.ts';

const defect = (own: Partial<NonNullable<Defect['measures']>>, defectType = 'cut'): Defect => ({
  id: '',
  defectType,
  measures: {
    area: 0.01,
    regions: 1,
    contrast: measure(10),
    localContrast: measure(1),
    offset: 0.2,
    truncated: false,
    ...own,
  },
  reason: null,
});

const unknown: Defect = { id: '', defectType: 'cut', measures: null, reason: 'no mask' };

const membersOf = (defects: readonly Defect[], wanted: DefectProperty) =>
  groupDefects(defects)
    .groupings.find(({ property }) => property === wanted)
    ?.groups.map(({ label, members }) => [label, members]);

describe('groupDefects', () => {
  it('cuts sizes into terciles, and says what of the image they cover', () => {
    const areas = [0.05, 0.001, 0.004, 0.02, 0.003, 0.1];
    const defects = [...areas.map((area) => defect({ area })), unknown];
    const { groupings } = groupDefects(defects);
    const { groups, leftOut } = groupings.find(({ property }) => property === 'size')!;
    expect(groups).toEqual([
      {
        label: 'small',
        words: 'whose defect covers at most 0.3% of the image',
        from: null,
        to: 0.003,
        members: [1, 4],
      },
      {
        label: 'medium',
        words: 'whose defect covers 0.3% to 2% of the image',
        from: 0.003,
        to: 0.02,
        members: [2, 3],
      },
      {
        label: 'large',
        words: 'whose defect covers more than 2% of the image',
        from: 0.02,
        to: null,
        members: [0, 5],
      },
    ]);
    expect(leftOut).toBe(1);
  });

  it('keeps equal values together', () => {
    const defects = [1, 2, 2, 2, 2, 3].map((grey) => defect({ contrast: measure(grey) }));
    expect(membersOf(defects, 'contrast')).toEqual([
      ['faint', [0, 1, 2, 3, 4]],
      ['strong', [5]],
    ]);
  });

  it('groups by type, by the edge and by the number of pieces', () => {
    const defects = [
      defect({ regions: 1 }, 'hole'),
      defect({ regions: 2, truncated: true }),
      defect({ regions: 7 }),
      unknown,
    ];
    expect(membersOf(defects, 'type')).toEqual([
      ['hole', [0]],
      ['cut', [1, 2, 3]],
    ]);
    expect(membersOf(defects, 'truncation')).toEqual([
      ['whole', [0, 2]],
      ['cut off', [1]],
    ]);
    expect(membersOf(defects, 'regions')).toEqual([
      ['one', [0]],
      ['two', [1]],
      ['more', [2]],
    ]);
  });

  it('says what cannot tell images apart', () => {
    const reasons = (defects: readonly Defect[]) =>
      Object.fromEntries(
        groupDefects(defects).leftOut.map(({ property, reason }) => [property, reason]),
      );
    expect(reasons([unknown, unknown])).toMatchObject({
      type: 'not computable: all defects are in one group, cut',
      size: 'not computable: no defect has a known size',
      position: 'not computable: no defect has a known position',
    });
    expect(groupDefects([]).groupings).toEqual([]);
    expect(reasons([defect({}), defect({ area: 0.5 })])).not.toHaveProperty('size');
  });
});
