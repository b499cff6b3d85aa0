/** What an audit leaves to look at: a contact sheet, an exclude list and the report. */
import { join } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { contactSheet, type Tile } from '../../image/contactSheet.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { encodePng } from '../../image/encodeImage.ts';
import type { FloatMap } from '../../image/image.ts';
import { mapMaximum } from '../../image/mapMaximum.ts';
import { overlay } from '../../image/overlay.ts';
import { median } from '../../stats/robust.ts';
import type { AuditedImage, AuditReport } from './auditReport.ts';

const SHOWN = 20;
const COLUMNS = 5;
const FLAGGED = [205, 45, 40] as const;

/** Images that a reader looks at first, besides every flagged one. */
export const TOP = 10;

/** @param maps strangeness of each image's patches, by id */
export async function writeAudit(
  report: AuditReport,
  maps: ReadonlyMap<string, FloatMap>,
  out: string,
): Promise<AuditReport> {
  const files = {
    sheet: join(out, 'contact-sheet.png'),
    exclude: join(out, 'exclude.txt'),
    report: join(out, 'audit.json'),
  };
  const complete = { ...report, files };
  const shown = [
    ...report.images.slice(0, TOP),
    ...report.images.slice(TOP).filter(({ reasons }) => reasons.length > 0),
  ].slice(0, SHOWN);
  const level = strangeLevel(maps);
  const tiles: Tile[] = [];
  for (const image of shown) tiles.push(await tileOf(image, maps.get(image.id)!, level));
  const title = `${report.category}: strangest of ${report.images.length} training images`;
  const sheet = contactSheet(tiles, { columns: COLUMNS, tileEdge: 224, title });
  await writeFileAtomic(files.sheet, await encodePng(sheet));
  await writeFileAtomic(files.exclude, excludeList(report));
  await writeFileAtomic(files.report, `${JSON.stringify(complete, null, 2)}\n`);
  return complete;
}

async function tileOf(image: AuditedImage, map: FloatMap, level: number): Promise<Tile> {
  const picture = overlay(await decodeImage(image.path), map, { pixelThreshold: level });
  const name = image.id.split('/').at(-1)!;
  const caption = [name, `z ${image.z.toFixed(1)}`, ...image.reasons];
  return image.reasons.length > 0
    ? { image: picture, caption, borderColour: FLAGGED }
    : { image: picture, caption };
}

/** The strangeness of the strangest patch of the middle image. */
const strangeLevel = (maps: ReadonlyMap<string, FloatMap>): number =>
  median([...maps.values()].map(mapMaximum));

/** What `fit --exclude` reads: suspicious images are excluded, the others left to the reader. */
function excludeList({ images, category, duplicates }: AuditReport): string {
  const lines = [
    `# ${category}: training images to leave out, for \`flawmap fit --exclude\`.`,
    '# Look at them first. Lines that begin with # are kept in the fit.',
  ];
  for (const [rank, { id, z, reasons }] of images.entries()) {
    if (rank >= TOP && reasons.length === 0) continue;
    const prefix = reasons.includes('suspicious') ? '' : '# ';
    const why = reasons.length > 0 ? `, ${reasons.join(', ')}` : '';
    lines.push(`${prefix}${id}  # z ${z.toFixed(1)}${why}`);
  }
  for (const { kind, ids } of duplicates) {
    for (const id of ids.slice(1)) lines.push(`# ${id}  # ${kind} duplicate of ${ids[0]}`);
  }
  return `${lines.join('\n')}\n`;
}
