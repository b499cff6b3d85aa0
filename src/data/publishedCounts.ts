/**
 * How many images MVTec AD has, by category: Bergmann et al., "MVTec AD - A Comprehensive Real-World
 * Dataset for Unsupervised Anomaly Detection", CVPR 2019, table 1 (3629 for training, 467 good and
 * 1258 defective for testing); by type of defect as in the published archive.
 */
export interface PublishedCounts {
  readonly trainGood: number;
  readonly testGood: number;
  /** Test images by type of defect; each has a mask. */
  readonly defects: Readonly<Record<string, number>>;
}

export const MVTEC_AD_COUNTS: ReadonlyMap<string, PublishedCounts> = new Map([
  [
    'bottle',
    {
      trainGood: 209,
      testGood: 20,
      defects: { broken_large: 20, broken_small: 22, contamination: 21 },
    },
  ],
  [
    'cable',
    {
      trainGood: 224,
      testGood: 58,
      defects: {
        bent_wire: 13,
        cable_swap: 12,
        combined: 11,
        cut_inner_insulation: 14,
        cut_outer_insulation: 10,
        missing_cable: 12,
        missing_wire: 10,
        poke_insulation: 10,
      },
    },
  ],
  [
    'capsule',
    {
      trainGood: 219,
      testGood: 23,
      defects: { crack: 23, faulty_imprint: 22, poke: 21, scratch: 23, squeeze: 20 },
    },
  ],
  [
    'carpet',
    {
      trainGood: 280,
      testGood: 28,
      defects: { color: 19, cut: 17, hole: 17, metal_contamination: 17, thread: 19 },
    },
  ],
  [
    'grid',
    {
      trainGood: 264,
      testGood: 21,
      defects: { bent: 12, broken: 12, glue: 11, metal_contamination: 11, thread: 11 },
    },
  ],
  [
    'hazelnut',
    { trainGood: 391, testGood: 40, defects: { crack: 18, cut: 17, hole: 18, print: 17 } },
  ],
  [
    'leather',
    { trainGood: 245, testGood: 32, defects: { color: 19, cut: 19, fold: 17, glue: 19, poke: 18 } },
  ],
  [
    'metal_nut',
    { trainGood: 220, testGood: 22, defects: { bent: 25, color: 22, flip: 23, scratch: 23 } },
  ],
  [
    'pill',
    {
      trainGood: 267,
      testGood: 26,
      defects: {
        color: 25,
        combined: 17,
        contamination: 21,
        crack: 26,
        faulty_imprint: 19,
        pill_type: 9,
        scratch: 24,
      },
    },
  ],
  [
    'screw',
    {
      trainGood: 320,
      testGood: 41,
      defects: {
        manipulated_front: 24,
        scratch_head: 24,
        scratch_neck: 25,
        thread_side: 23,
        thread_top: 23,
      },
    },
  ],
  [
    'tile',
    {
      trainGood: 230,
      testGood: 33,
      defects: { crack: 17, glue_strip: 18, gray_stroke: 16, oil: 18, rough: 15 },
    },
  ],
  ['toothbrush', { trainGood: 60, testGood: 12, defects: { defective: 30 } }],
  [
    'transistor',
    {
      trainGood: 213,
      testGood: 60,
      defects: { bent_lead: 10, cut_lead: 10, damaged_case: 10, misplaced: 10 },
    },
  ],
  [
    'wood',
    {
      trainGood: 247,
      testGood: 19,
      defects: { color: 8, combined: 11, hole: 10, liquid: 10, scratch: 21 },
    },
  ],
  [
    'zipper',
    {
      trainGood: 240,
      testGood: 32,
      defects: {
        broken_teeth: 19,
        combined: 16,
        fabric_border: 17,
        fabric_interior: 16,
        rough: 17,
        split_teeth: 18,
        squeezed_teeth: 16,
      },
    },
  ],
] as [string, PublishedCounts][]);
