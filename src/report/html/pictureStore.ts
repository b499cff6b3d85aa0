/**
 * The run's pictures within the page, each once: as an image where a row shows it, else as text of
 * an element that nothing decodes until the gallery needs it.
 */
import { inputError } from '../../core/error.ts';
import { html, type Markup } from './markup.ts';

export type ReadPicture = (file: string) => Promise<Uint8Array> | Uint8Array;

export interface PictureStore {
  /** Number by which the client finds the picture. */
  readonly keep: (file: string) => number;
  /** The picture itself, at this place. */
  readonly image: (file: string, alt: string) => Promise<Markup>;
  /** What was kept and is shown nowhere; goes to the page's end. */
  readonly rest: () => Promise<Markup>;
}

/** @throws FlawmapError (input) naming a file that is no picture */
export function createPictureStore(readPicture: ReadPicture): PictureStore {
  const numbers = new Map<string, number>();
  const shown = new Set<string>();
  const keep = (file: string): number => {
    const number = numbers.get(file) ?? numbers.size;
    numbers.set(file, number);
    return number;
  };
  const uri = async (file: string) => dataUri(file, await readPicture(file));
  return {
    keep,
    image: async (file, alt) => {
      const id = shown.has(file) ? null : html` id="${pictureId(keep(file))}"`;
      shown.add(file);
      return html`<img${id} alt="${alt}" loading="lazy" decoding="async" src="${await uri(file)}">`;
    },
    rest: async () => {
      const kept: Markup[] = [];
      for (const [file, number] of numbers) {
        if (shown.has(file)) continue;
        kept.push(
          html`<script type="text/plain" id="${pictureId(number)}">${await uri(file)}</script>`,
        );
      }
      return html`${kept}`;
    },
  };
}

const pictureId = (number: number): string => `picture-${number}`;

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  webp: 'image/webp',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

function dataUri(file: string, bytes: Uint8Array): string {
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
  if (type === undefined) {
    throw inputError({
      what: `${file} cannot be shown on a page`,
      expected: `a picture: ${Object.keys(TYPES).join(', ')}`,
      found: 'a file of another kind',
      remedy: 'take the pictures that `flawmap study` has written',
    });
  }
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
