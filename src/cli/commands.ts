/** All commands, in the order of the help. */
import type { Command } from './command.ts';

/** A command's file, loaded when it is asked for: thirty of them take a tenth of a second. */
interface CommandFile {
  load(): Promise<Command>;
  /** Whether it runs models, and so gains by huge pages (`core/hugePages.ts`). */
  readonly computes: boolean;
}

const computing = (load: CommandFile['load']): CommandFile => ({ load, computes: true });
const light = (load: CommandFile['load']): CommandFile => ({ load, computes: false });

const FILES: Readonly<Record<string, CommandFile>> = {
  demo: computing(async () => (await import('./commands/demo.ts')).demoCommand),
  fit: computing(async () => (await import('./commands/fit.ts')).fitCommand),
  predict: computing(async () => (await import('./commands/predict.ts')).predictCommand),
  serve: computing(async () => (await import('./commands/serve.ts')).serveCommand),
  watch: computing(async () => (await import('./commands/watch.ts')).watchCommand),
  'log verify': light(async () => (await import('./commands/logVerify.ts')).logVerifyCommand),
  evaluate: computing(async () => (await import('./commands/evaluate.ts')).evaluateCommand),
  drift: computing(async () => (await import('./commands/drift.ts')).driftCommand),
  update: computing(async () => (await import('./commands/update.ts')).updateCommand),
  recalibrate: computing(
    async () => (await import('./commands/recalibrate.ts')).recalibrateCommand,
  ),
  history: light(async () => (await import('./commands/history.ts')).historyCommand),
  compare: computing(async () => (await import('./commands/compare.ts')).compareCommand),
  export: computing(async () => (await import('./commands/export.ts')).exportCommand),
  audit: computing(async () => (await import('./commands/audit.ts')).auditCommand),
  study: computing(async () => (await import('./commands/study.ts')).studyCommand),
  worker: computing(async () => (await import('./commands/worker.ts')).workerCommand),
  simulate: light(async () => (await import('./commands/simulate.ts')).simulateCommand),
  report: light(async () => (await import('./commands/report.ts')).reportCommand),
  plant: light(async () => (await import('./commands/plant.ts')).plantCommand),
  shift: light(async () => (await import('./commands/shift.ts')).shiftCommand),
  explore: light(async () => (await import('./commands/explore.ts')).exploreCommand),
  import: light(async () => (await import('./commands/import.ts')).importCommand),
  'dataset synth': light(
    async () => (await import('./commands/datasetSynth.ts')).datasetSynthCommand,
  ),
  'dataset verify': light(
    async () => (await import('./commands/datasetVerify.ts')).datasetVerifyCommand,
  ),
  'dataset download': light(
    async () => (await import('./commands/datasetDownload.ts')).datasetDownloadCommand,
  ),
  'backbone list': light(
    async () => (await import('./commands/backboneList.ts')).backboneListCommand,
  ),
  'backbone inspect': light(
    async () => (await import('./commands/backboneInspect.ts')).backboneInspectCommand,
  ),
  'backbone pull': light(
    async () => (await import('./commands/backbonePull.ts')).backbonePullCommand,
  ),
  doctor: light(async () => (await import('./commands/doctor.ts')).doctorCommand),
};

export const COMMAND_NAMES: readonly string[] = Object.keys(FILES);

/** The command that a command line names; undefined for help, the version and words that name none. */
function commandNamed(argv: readonly string[]): string | undefined {
  const words = argv.filter((word) => !word.startsWith('-'));
  return [words.slice(0, 1), words.slice(0, 2)]
    .map((name) => name.join(' '))
    .find((name) => Object.hasOwn(FILES, name));
}

/** Whether the command that is named computes; see `CommandFile`. */
export function computes(argv: readonly string[]): boolean {
  const name = commandNamed(argv);
  return name !== undefined && FILES[name]!.computes;
}

/** The command that is named alone, and all where none is. */
export async function loadCommands(argv: readonly string[] = []): Promise<Command[]> {
  const name = commandNamed(argv);
  const names = name === undefined ? COMMAND_NAMES : [name];
  return Promise.all(names.map((one) => FILES[one]!.load()));
}

export const COMMAND_GROUPS: Readonly<Record<string, string>> = {
  dataset: 'folders of images: painted, checked, downloaded',
  log: 'journals of verdicts',
  backbone: 'the frozen networks that turn images into features',
};
