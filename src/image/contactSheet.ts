/** Many small pictures with captions on one page. */
import { drawText, shortenText, textHeight, textWidth } from './drawText.ts';
import type { RgbImage } from './image.ts';
import { type Colour, fillRectangle, pasteImage, plainImage } from './paint.ts';
import { fitImage } from './resizeImage.ts';

export interface Tile {
  readonly image: RgbImage;
  /** Lines below the picture; printable ASCII. Long lines lose their middle. */
  readonly caption: readonly string[];
  /** Frames the picture, to flag it. */
  readonly borderColour?: Colour;
}

export interface ContactSheetOptions {
  readonly columns: number;
  /** Longest side of the pictures, in pixels. */
  readonly tileEdge: number;
  readonly title?: string;
}

const PAPER: Colour = [248, 248, 246];
const INK: Colour = [40, 40, 44];
const FAINT: Colour = [208, 208, 204];
const MARGIN = 24;
const GAP = 20;
const BORDER = 4;
const CAPTION_SCALE = 2;
const TITLE_SCALE = 3;
const CAPTION_GAP = 8;
const LINE_HEIGHT = textHeight(CAPTION_SCALE) + 4;

/** Lays the tiles out row by row; pictures of any size and shape are fitted into squares. */
export function contactSheet(tiles: readonly Tile[], options: ContactSheetOptions): RgbImage {
  const { tileEdge, title } = options;
  const columns = Math.max(1, Math.min(options.columns, tiles.length));
  const cell = tileEdge + 2 * BORDER;
  const width = 2 * MARGIN + columns * cell + (columns - 1) * GAP;

  let bottom = MARGIN + (title === undefined ? 0 : textHeight(TITLE_SCALE) + GAP);
  const rowTops: number[] = [];
  for (let first = 0; first < tiles.length; first += columns) {
    rowTops.push(bottom);
    bottom += cell + captionHeight(tiles.slice(first, first + columns)) + GAP;
  }
  const sheet = plainImage(width, bottom - GAP + MARGIN, PAPER);
  if (title !== undefined) drawTitle(sheet, title);
  tiles.forEach((tile, index) => {
    const x = MARGIN + (index % columns) * (cell + GAP);
    drawTile(sheet, tile, x, rowTops[Math.floor(index / columns)]!, tileEdge);
  });
  return sheet;
}

function captionHeight(row: readonly Tile[]): number {
  const lines = Math.max(...row.map((tile) => tile.caption.length));
  return lines === 0 ? 0 : CAPTION_GAP + lines * LINE_HEIGHT;
}

/** In large letters, in smaller ones if those are too wide. */
function drawTitle(sheet: RgbImage, title: string): void {
  const room = sheet.width - 2 * (MARGIN + BORDER);
  const scale = textWidth(title, TITLE_SCALE) <= room ? TITLE_SCALE : CAPTION_SCALE;
  const text = shortenText(title, room, scale);
  drawText(sheet, text, { x: MARGIN + BORDER, y: MARGIN, scale, colour: INK });
}

function drawTile(sheet: RgbImage, tile: Tile, x: number, y: number, tileEdge: number): void {
  const picture = fitImage(tile.image, tileEdge);
  const left = x + BORDER + Math.floor((tileEdge - picture.width) / 2);
  const top = y + BORDER + Math.floor((tileEdge - picture.height) / 2);
  const border = tile.borderColour === undefined ? 1 : BORDER;
  const frame = {
    x: left - border,
    y: top - border,
    width: picture.width + 2 * border,
    height: picture.height + 2 * border,
  };
  fillRectangle(sheet, frame, tile.borderColour ?? FAINT);
  pasteImage(sheet, picture, left, top);

  const textTop = y + tileEdge + 2 * BORDER + CAPTION_GAP;
  tile.caption.forEach((line, index) => {
    const text = shortenText(line, tileEdge, CAPTION_SCALE);
    const position = { x: x + BORDER, y: textTop + index * LINE_HEIGHT };
    drawText(sheet, text, { ...position, scale: CAPTION_SCALE, colour: INK });
  });
}
