/** The layouts that can be read, and which of them a folder is of. */
import { inputError } from '../../core/error.ts';
import { IMPORT_FORMATS, type ImportFormat, type ImportReader } from './importFormat.ts';
import { btadReader } from './readBtad.ts';
import { cocoReader } from './readCoco.ts';
import { kolektorReader } from './readKolektorSdd.ts';
import { labelmeReader } from './readLabelme.ts';
import { mpddReader, mvtecReader } from './readMvtec.ts';
import { visaReader } from './readVisa.ts';

export const IMPORT_READERS: Readonly<Record<ImportFormat, ImportReader>> = {
  kolektorsdd: kolektorReader,
  visa: visaReader,
  btad: btadReader,
  coco: cocoReader,
  labelme: labelmeReader,
  mpdd: mpddReader,
  mvtec: mvtecReader,
};

export interface DetectedFormat {
  readonly format: ImportFormat;
  /** Why: `split_csv/1cls.csv has the columns ...`. */
  readonly reason: string;
}

/**
 * The first layout, in the order of `IMPORT_FORMATS`, whose marks the folder has.
 * @param root absolute path
 * @throws FlawmapError (input) when it has none, telling what each would look like
 */
export async function detectFormat(root: string): Promise<DetectedFormat> {
  for (const format of IMPORT_FORMATS) {
    const reason = await IMPORT_READERS[format].recognise(root);
    if (reason !== undefined) return { format, reason };
  }
  const layouts = IMPORT_FORMATS.map((format) => `${format}: ${IMPORT_READERS[format].expects}`);
  throw inputError({
    what: `${root} is laid out like none of the data sets flawmap can import`,
    expected: ['one of', ...layouts].join('\n    '),
    remedy: 'give the folder that holds these, or sort good images into train/good yourself',
  });
}
