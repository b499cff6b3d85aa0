/** Factors of the ablation as charts and tables name them. */
import type { AblationFactor } from '../../../result/analysis/ablation.ts';

export const FACTOR_TITLES: Readonly<Record<AblationFactor, string>> = {
  coreset: 'Share of patches kept',
  layers: 'Layers',
  score: 'Image score',
  embedding: 'Embedding',
  'input-size': 'Input size',
  'coreset-projection': 'Projection for the coreset',
  'embedding-projection': 'Projection of embeddings',
  channels: 'Channels',
  'channel-ranking': 'How channels are chosen',
  backbone: 'Backbone',
  'training-images': 'Training images',
};
