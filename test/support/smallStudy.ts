/** A configuration with most of what studies have, that needs seconds: painted data, 64 pixels. */
export const SMALL_STUDY = `seed: 7
dataset:
  synthetic: { size: 64, train: 12, good: 6, anomalous: 8 }
  categories: [hazelnut, carpet]
backbone: { resize: 64 }
split: { validation: 0.25 }
patchcore: { seeds: [42] }
padim: { channels: 20, seeds: [42] }
metrics: { bootstrap: 100 }
experiments: { ladder: { lamps: 1, pictures: [1, 2], draws: 2 } }
analysis:
  run: [errors, interpretability]
  interpretability: { points: 50, images: 4, explained: 2, comparison: 2 }
cache: { folder: cache }
outputs: { report: [], pictures: 4 }
`;
