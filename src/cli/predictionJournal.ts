/** Writes what `predict` finds into a journal. */
import { sha256File } from '../core/hash.ts';
import type { Prediction } from '../inspection/predict.ts';
import { type JudgingOptions, journalOptions } from '../journal/journalOptions.ts';
import type { CommandContext } from './command.ts';

export interface PredictionJournal extends AsyncDisposable {
  write(prediction: Prediction): Promise<void>;
}

/**
 * Warns of an unfinished line that was set aside.
 * @param model file whose hash every line gets
 * @param judging what it judges with, which every line gets too
 * @throws FlawmapError as `appendJournal`
 */
export async function predictionJournal(
  file: string,
  model: string,
  judging: JudgingOptions,
  log: CommandContext['log'],
): Promise<PredictionJournal> {
  const modelSha256 = await sha256File(model);
  const options = await journalOptions(judging);
  // Only who keeps a journal waits for what checks its lines to be loaded.
  const { appendJournal } = await import('../journal/appendJournal.ts');
  const journal = await appendJournal(file);
  if (journal.setAside !== undefined) {
    const { file: aside, bytes } = journal.setAside;
    log.warn(`the journal's last line was unfinished: its ${bytes} bytes were moved to ${aside}`);
  }
  return {
    async write({ path, sha256, threshold, score, verdict, reason, boxes }) {
      const time = new Date().toISOString();
      const image = { imageSha256: sha256, imageName: path };
      const judgement = { threshold, score, verdict, reason, boxes, options };
      await journal.append({ time, ...image, modelSha256, ...judgement });
    },
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
