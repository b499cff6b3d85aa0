/**
 * flawmap as a library: the functions behind the commands of the same names.
 * @module flawmap
 */
export { FlawmapError } from './core/error.ts';
export type { RunControl } from './core/progress.ts';
export type { Category, Label, Sample } from './data/dataset.ts';
export type { Exploration } from './data/explore/exploration.ts';
export { explore } from './data/explore/explore.ts';
export { writeExploration } from './data/explore/writeExploration.ts';
export {
  type ImportOptions,
  type ImportReport,
  importDataset,
} from './data/import/importDataset.ts';
export { openCategory } from './data/openCategory.ts';
export {
  type Dataset,
  type DatasetItem,
  type OpenDatasetOptions,
  openDataset,
} from './data/openDataset.ts';
export { openSplits } from './data/splits/openSplits.ts';
export type { SplitOptions, Splits } from './data/splits/split.ts';
export { writeSyntheticDataset } from './data/synthetic/writeSyntheticDataset.ts';
export { type DatasetReport, verifyDataset } from './data/verifyDataset.ts';
export { openInspector } from './detector/inspector/inspector.ts';
export type { InspectorMetadata } from './detector/inspector/metadata.ts';
export { decodeImage } from './image/decodeImage.ts';
export type { FloatMap, Mask, RgbImage } from './image/image.ts';
export { type CompareOptions, compare } from './inspection/compare/compare.ts';
export type { Comparison } from './inspection/compare/comparison.ts';
export { evaluate } from './inspection/evaluate.ts';
export type { Evaluation } from './inspection/evaluation/evaluation.ts';
export { DEFAULT_FIT, type FitOptions, type FitReport, fit } from './inspection/fit.ts';
export type { InspectedImage, InspectOptions } from './inspection/judge/imageJudge.ts';
export { type Judgement, judge, type Verdict } from './inspection/judge/judgement.ts';
export {
  type ImageSource,
  type LoadedInspector,
  type LoadOptions,
  load,
} from './inspection/load.ts';
export { type Prediction, predict } from './inspection/predict.ts';
export { history, rollback } from './inspection/upkeep/history.ts';
export { recalibrate } from './inspection/upkeep/recalibrate.ts';
export { type UpkeepOptions, update } from './inspection/upkeep/update.ts';
export type { UpkeepReport } from './inspection/upkeep/upkeepReport.ts';
export type { Version } from './inspection/upkeep/versions.ts';
export { appendJournal, type Journal } from './journal/appendJournal.ts';
export type { JournalEntry, JournalLine, JournalOptions } from './journal/journalLine.ts';
export { type JournalCheck, type OverrideCount, verifyJournal } from './journal/verifyJournal.ts';
export { openRun } from './report/openRun.ts';
export { type ReportOptions, type WrittenReport, writeReport } from './report/writeReport.ts';
export { readResult } from './result/readResult.ts';
export type { StudyResult } from './result/result.ts';
export {
  type ShiftOptions,
  type ShiftReport,
  writeShiftedDataset,
} from './shift/writeShiftedDataset.ts';
export type { StudyOptions } from './study/openStudy.ts';
export { runStudy, type StudyOutcome } from './study/runStudy.ts';
