/** The paper of a study as PDF. */
import type { RunControl } from '../../core/progress.ts';
import { decodeImageBytes } from '../../image/decodeImage.ts';
import { encodePng } from '../../image/encodeImage.ts';
import type { ChapterInput } from '../chapters/chapterInput.ts';
import { drawPlot } from '../plots/drawPlot.ts';
import { PAPER_THEME } from '../plots/plotTheme.ts';
import { compileTypst, type TypstFile } from './compileTypst.ts';
import { paperSource, REFERENCES_FILE } from './paperSource.ts';
import { plotFile } from './part.ts';
import { REFERENCES } from './references.ts';
import { safeSvg } from './safeSvg.ts';
import { type ExampleStrip, exampleName, examplesOf } from './sections/examples.ts';

export interface PaperOptions extends RunControl {
  /** Bytes of a picture of the run, by its path within the run's folder; without it none is shown. */
  readonly readPicture?: (file: string) => Promise<Uint8Array> | Uint8Array;
}

/**
 * @returns the PDF, the same for the same result and pictures
 * @throws FlawmapError (internal) where it cannot be typeset; what `readPicture` throws
 */
export async function renderPaper(
  input: ChapterInput,
  { readPicture, signal, onProgress }: PaperOptions = {},
): Promise<Uint8Array> {
  const examples = readPicture === undefined ? null : examplesOf(input);
  const { source, plots } = paperSource(input, examples);
  const files: TypstFile[] = [
    { name: REFERENCES_FILE, bytes: new TextEncoder().encode(REFERENCES) },
  ];
  const total = plots.length + 1;
  for (const plot of plots) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'drawing figures', done: files.length - 1, total });
    const svg = safeSvg(await drawPlot(plot, PAPER_THEME));
    files.push({ name: plotFile(plot), bytes: new TextEncoder().encode(svg) });
  }
  if (examples !== null && readPicture !== undefined) {
    files.push(...(await pictureFiles(examples, readPicture)));
  }
  signal?.throwIfAborted();
  return compileTypst(source, files).pdf;
}

/** As PNG: Typst reads no WebP. */
async function pictureFiles(
  { rows }: ExampleStrip,
  readPicture: NonNullable<PaperOptions['readPicture']>,
): Promise<readonly TypstFile[]> {
  const wanted = rows.flatMap(({ files }, row) =>
    files.flatMap((file, column) =>
      file === null ? [] : [{ file, name: exampleName(row, column) }],
    ),
  );
  return Promise.all(
    wanted.map(async ({ file, name }) => {
      const image = await decodeImageBytes(await readPicture(file), file);
      return { name, bytes: await encodePng(image) };
    }),
  );
}
