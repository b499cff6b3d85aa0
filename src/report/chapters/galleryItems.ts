/** Pictures of test images with the verdicts of the clean models on them. */

import { counted } from '../../core/listed.ts';
import type { Picture, PictureCondition } from '../../result/pictures.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Scenario, ScenarioResult } from '../../result/scenario.ts';
import { methodsOf, scenarioOf } from '../answer/scenarioOf.ts';
import type { Block, GalleryItem } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

/** The clean model on either condition's images. */
const SCENARIO_OF: Readonly<Record<PictureCondition, Scenario>> = {
  clean: 'clean',
  shifted: 'shift-none',
};

const MAP_COLOURS =
  'Maps of a category and method share their colours: black is the median distance of normal validation images, red the pixel threshold, pale yellow as far above it again or farther. Under the shift a map may be pale all over: every patch is farther than that from what was learnt.';

export function gallery({ result, pictures }: ChapterInput): Block[] {
  const items = pictures.pictures.flatMap((picture): GalleryItem[] => {
    if (picture.split !== 'test') return [];
    const judgements = judgementsOf(result, picture);
    return judgements.length === 0 ? [] : [{ picture, judgements }];
  });
  if (items.length === 0) return [];
  const left = Object.values(pictures.leftOut).reduce((sum, count) => sum + count, 0);
  const note = `${counted(left, 'test image')} of the study ${left === 1 ? 'has' : 'have'} no picture here, to keep the report small.`;
  return [
    { kind: 'gallery', id: 'gallery', title: 'Test images and what was found on them', items },
    { kind: 'prose', tone: 'note', text: MAP_COLOURS },
    ...(left > 0 ? [{ kind: 'prose', tone: 'note', text: note } as const] : []),
  ];
}

function judgementsOf(
  result: StudyResult,
  { category, condition, id, label }: Picture,
): GalleryItem['judgements'] {
  return methodsOf(result).flatMap((method) => {
    const scenario = scenarioOf(result, SCENARIO_OF[condition], category, method);
    const judged = scenario === undefined ? null : judgedImage(scenario, id);
    if (judged === null) return [];
    const flagged = judged.score > judged.threshold;
    const outcome =
      label === 'anomalous' ? (flagged ? 'tp' : 'fn') : flagged ? 'fp' : ('tn' as const);
    return [{ method, ...judged, outcome }];
  });
}

/** By the first seed, whose maps there are pictures of. */
function judgedImage({ runs, images }: ScenarioResult, id: string) {
  const score = images.find((image) => image.id === id)?.scores[0];
  const run = runs[0];
  if (score === undefined || run === undefined) return null;
  return { score, threshold: run.thresholds.chosen.threshold };
}
