/** What is done to an image before it is judged, in sentences. */

import { listed } from '../../../core/listed.ts';
import type { StudyResult } from '../../../result/result.ts';
import { numberAt } from '../../settingAt.ts';

export function preprocessingSentences(result: StudyResult): string[] {
  const resize = numberAt(result, 'backbone.resize');
  const crop = numberAt(result, 'backbone.crop') ?? resize;
  const sentences = [
    'Images are decoded to RGB with 8 bits a channel; their orientation is applied, colour profiles are not.',
  ];
  if (resize !== undefined) {
    const cropped =
      crop === resize
        ? ''
        : ` Of that the central ${crop} x ${crop} pixels are kept: what lies outside is not inspected.`;
    sentences.push(
      `Each is squashed to ${resize} x ${resize} pixels with an antialiased bilinear filter, equal to Pillow's bit for bit.${cropped}${shrinking(result, resize)}`,
    );
  }
  sentences.push(
    `Resizing and the backbone's normalisation of colours are inside of the model file, so that what was evaluated is what runs. Features come from ${result.backbone.name}, which is not trained further.`,
  );
  return sentences;
}

/** How much smaller images become, where it is known and much. */
function shrinking({ categories }: StudyResult, resize: number): string {
  const large = categories.flatMap(({ name, exploration }) => {
    const size = exploration?.categories[0]?.sizes[0];
    const factor = size === undefined ? 1 : Math.max(size.width, size.height) / resize;
    return factor >= 2 ? [`${name} (${factor.toFixed(1)} times)`] : [];
  });
  return large.length === 0
    ? ''
    : ` Images become smaller, and defects of few pixels with them: ${listed(large)}.`;
}
