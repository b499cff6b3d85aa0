/** Every command, in the order of `flawmap --help`. */
import type { Command } from './command.ts';
import { auditCommand } from './commands/audit.ts';
import { backboneInspectCommand } from './commands/backboneInspect.ts';
import { backboneListCommand } from './commands/backboneList.ts';
import { backbonePullCommand } from './commands/backbonePull.ts';
import { compareCommand } from './commands/compare.ts';
import { datasetDownloadCommand } from './commands/datasetDownload.ts';
import { datasetSynthCommand } from './commands/datasetSynth.ts';
import { datasetVerifyCommand } from './commands/datasetVerify.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { driftCommand } from './commands/drift.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exploreCommand } from './commands/explore.ts';
import { exportCommand } from './commands/export.ts';
import { fitCommand } from './commands/fit.ts';
import { historyCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { logVerifyCommand } from './commands/logVerify.ts';
import { plantCommand } from './commands/plant.ts';
import { predictCommand } from './commands/predict.ts';
import { recalibrateCommand } from './commands/recalibrate.ts';
import { reportCommand } from './commands/report.ts';
import { serveCommand } from './commands/serve.ts';
import { shiftCommand } from './commands/shift.ts';
import { simulateCommand } from './commands/simulate.ts';
import { studyCommand } from './commands/study.ts';
import { updateCommand } from './commands/update.ts';
import { watchCommand } from './commands/watch.ts';
import { workerCommand } from './commands/worker.ts';

export const COMMANDS: readonly Command[] = [
  demoCommand,
  fitCommand,
  predictCommand,
  serveCommand,
  watchCommand,
  logVerifyCommand,
  evaluateCommand,
  driftCommand,
  updateCommand,
  recalibrateCommand,
  historyCommand,
  compareCommand,
  exportCommand,
  auditCommand,
  studyCommand,
  workerCommand,
  simulateCommand,
  reportCommand,
  plantCommand,
  shiftCommand,
  exploreCommand,
  importCommand,
  datasetSynthCommand,
  datasetVerifyCommand,
  datasetDownloadCommand,
  backboneListCommand,
  backboneInspectCommand,
  backbonePullCommand,
  doctorCommand,
];

export const COMMAND_GROUPS: Readonly<Record<string, string>> = {
  dataset: 'folders of images: painted, checked, downloaded',
  log: 'journals of verdicts',
  backbone: 'the frozen networks that turn images into features',
};
