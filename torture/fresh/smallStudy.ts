/** The least that there is: one product, method and condition, no pictures. */
export const LEAST_STUDY = `seed: 7
dataset: { root: data, categories: [hazelnut] }
backbone: { resize: 64 }
padim: { channels: 8, seeds: [42] }
metrics: { bootstrap: 100 }
experiments: { methods: [padim], run: [clean] }
analysis: { run: [] }
cache: { folder: cache }
outputs: { report: [], pictures: 0, models: false }
`;

/** The least that has models, pictures, cache objects of most kinds, and what `simulate` asks for. */
export const SMALL_STUDY = `seed: 7
dataset:
  synthetic: { size: 64, train: 10, good: 6, anomalous: 5 }
  categories: [hazelnut]
backbone: { resize: 64 }
split: { validation: 0.25 }
patchcore: { seeds: [42] }
padim: { channels: 10, seeds: [42] }
metrics: { bootstrap: 100 }
experiments: { methods: [patchcore], run: [clean, shift-none] }
analysis: { run: [] }
cache: { folder: cache }
outputs: { report: [tables], pictures: 2 }
`;
