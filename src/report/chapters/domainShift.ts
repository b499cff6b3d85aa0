/** Chapter 03: what the shift does to images. */

import { counted, listed } from '../../core/listed.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Block, Chapter } from '../report.ts';
import { numberAt, textAt } from '../settingAt.ts';
import { percent } from '../wording/withInterval.ts';
import type { ChapterInput } from './chapterInput.ts';
import { shiftedTabs } from './shift/shiftedPictures.ts';
import { drawnTable, shiftedImagesTable } from './shift/shiftTables.ts';

export function domainShift({ result, pictures }: ChapterInput): Chapter | null {
  const { shift } = result;
  if (shift.length === 0) return null;
  const drawn = drawnTable(shift);
  const blocks: Block[] = [
    { kind: 'prose', text: whatChanges(result) },
    ...shiftedTabs(
      shift.map(({ category }) => category),
      pictures,
    ),
    { kind: 'table', table: shiftedImagesTable(shift) },
    ...(drawn === null ? [] : [{ kind: 'table' as const, table: drawn }]),
    { kind: 'prose', text: framing(shift) },
    ...notes(result).map((text) => ({ kind: 'prose' as const, tone: 'note' as const, text })),
  ];
  return { id: 'domain-shift', number: '03', title: 'The shift', lead: leadOf(result), blocks };
}

function leadOf(result: StudyResult): string {
  const { shift } = result;
  const images = shift.reduce((sum, own) => sum + own.images, 0);
  const preset = textAt(result, 'shift.preset');
  const severity = numberAt(result, 'shift.severity');
  const named = preset === undefined ? '' : ` under the preset ${preset}`;
  const severe = severity === undefined ? '' : ` at severity ${severity}`;
  const what = shift[0]!.summary === undefined ? '' : ` (${shift[0]!.summary})`;
  return `All ${images} images of ${listed(shift.map(({ category }) => category))} are shifted${named}${severe}${what}: training, validation and test images alike, every image with a draw of its own. Labels and masks move with the images.`;
}

function whatChanges(result: StudyResult): string {
  const severity = numberAt(result, 'shift.severity');
  const none =
    severity === 0 ? ' At severity 0 nothing is changed: images are only written anew.' : '';
  return `What is drawn for an image follows from the study's seed (${result.seed}) and the image's name alone, so that every method meets the same shifted images, and a model fitted anew learns from images under the same conditions as those it is tested on.${none}`;
}

/** What geometry does at the border and to defects there. */
function framing(shift: StudyResult['shift']): string {
  const largest = shift.reduce((most, own) =>
    own.filled.largest > most.filled.largest ? own : most,
  );
  const redraws = shift.reduce((sum, own) => sum + own.redraws, 0);
  const border =
    largest.filled.largest === 0
      ? 'No image shows anything beyond its border.'
      : `Where an image is turned or moved, its mirror image fills the border: at most ${percent(largest.filled.largest)} of an image (${largest.category}).`;
  const repeated =
    redraws === 0
      ? 'No draw pushed a masked defect out of the frame.'
      : `${counted(redraws, 'draw')} would have pushed a masked defect out of the frame and ${redraws === 1 ? 'was' : 'were'} repeated.`;
  return `${border} ${repeated}`;
}

function notes(result: StudyResult): string[] {
  const unknown = result.shift.filter(({ maskUnknown }) => maskUnknown > 0);
  const found: string[] = [];
  if (unknown.length > 0) {
    const counts = unknown.map(({ category, maskUnknown }) => `${category} (${maskUnknown})`);
    found.push(
      `Defective images without a mask: ${listed(counts)}. Whether their defect is still in the frame is not known; a miss among them may be no mistake.`,
    );
  }
  found.push(
    'The shift is computed, not photographed: it holds what can be said in formulas (geometry, colour, gradients of light, blur, noise), but no new reflections or shadows, which a real lamp would bring.',
  );
  const lamps = numberAt(result, 'experiments.ladder.lamps');
  if (lamps !== undefined && (result.experiments.adaptation_ladder ?? []).length > 0) {
    const preset = textAt(result, 'experiments.ladder.preset');
    found.push(
      `The adaptation ladder meets other conditions: ${counted(lamps, 'lamp')}, each one draw${preset === undefined ? '' : ` of the preset ${preset}`} for all images, which moves nothing.`,
    );
  }
  return found;
}
