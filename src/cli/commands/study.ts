import { basename, extname } from 'node:path';
import { usageError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import type { QueueStatus } from '../../queue/studyStatus.ts';
import type { RunElsewhere } from '../../study/openStudy.ts';
import { STAGES, type Stage } from '../../study/plan/stages.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { flag, list, number, optionalArgument, text } from '../parameters.ts';
import { profiled, profileOption } from '../profile.ts';

export const studyCommand = defineCommand({
  name: 'study',
  summary: 'the whole experiment from one file: clean, shifted, adapted, ladder, global',
  description: `Fits PatchCore and PaDiM on every category named in CONFIG, meets them with shifted images, and
measures what that costs and what repairs it: a new threshold, a refit, or K pictures under the new
lamp. Writes models, thresholds, tables and one result document, result.json.

Everything computed is kept; interrupted at any moment, the same command goes on where it was.

Stages: ${STAGES.join(', ')}.`,
  arguments: {
    config: optionalArgument('the configuration, a YAML file (see docs/study-config.md)'),
  },
  options: {
    out: text('--out <dir>', "the run's folder (default: runs/NAME)"),
    only: list('--only <stages>', 'run these stages alone, with what they build on'),
    dryRun: flag('--dry-run', 'say what would run and why; compute nothing'),
    printConfig: flag('--print-config', 'print the configuration with every default, and stop'),
    printSchema: flag('--print-schema', 'print its JSON Schema, for editors, and stop'),
    device: deviceOption,
    profile: profileOption,
    workers: number('--workers <n>', 'processes that work side by side (default: one a core)', {
      min: 1,
      max: 64,
      integer: true,
    }),
    status: flag('--status', 'how far it is: stages, and with --queue workers and failures'),
    queue: text('--queue <url>', 'have the workers on this Redis server do it: redis://HOST'),
    store: text('--store <place>', 'what they share: s3://BUCKET, or a folder (with --queue)'),
  },
  json: true,
  examples: [
    {
      command: 'study configs/demo.yaml',
      explanation: 'On painted images, in a few minutes; then look at runs/demo',
    },
    {
      command: 'study mine.yaml --only clean --dry-run',
      explanation: 'What the clean experiment would take',
    },
    {
      command: 'study mine.yaml --queue redis://10.0.0.5 --store s3://flawmap',
      explanation:
        'On all machines that run `flawmap worker` with the same two (docs/many-machines.md)',
    },
    {
      command: 'study mine.yaml --status --queue redis://10.0.0.5',
      explanation: 'How far it is, who works on it, what has failed and why',
    },
    { command: 'study --print-config > mine.yaml', explanation: 'A file to start from' },
    {
      command: 'study --print-schema > study.schema.json',
      explanation:
        'Beside a file whose first line is "# yaml-language-server: $schema=study.schema.json", editors check it',
    },
  ],
  async run(
    { control, log, print, paint },
    {
      config,
      only,
      dryRun,
      printConfig,
      printSchema,
      device,
      profile,
      status,
      queue,
      store,
      ...options
    },
  ) {
    if (status && queue !== undefined) {
      const { describeStatus } = await import('../describe/describeStatus.ts');
      const found = await readStatus(queue, config && basename(config, extname(config)));
      print(describeStatus(found, paint));
      return { json: found };
    }
    const elsewhere = await workersAt(queue, store);
    const stages = only?.map(stageOf);
    if (printSchema) {
      const { jsonSchema, schemaText } = await import('../../study/config/jsonSchema.ts');
      print(schemaText().trimEnd());
      return { json: jsonSchema() };
    }
    if (printConfig) {
      const { configText } = await import('../../study/config/configText.ts');
      const text = await configText(config);
      print(text.trimEnd());
      return { json: text };
    }
    if (config === undefined) {
      throw usageError({
        what: 'a study needs a configuration file',
        expected: 'flawmap study CONFIG.yaml',
        found: 'no file',
        remedy: 'start from `flawmap study --print-config`, or from configs/study.yaml',
      });
    }
    await useDevice(device, { log });
    if (dryRun || status) {
      const { planRun } = await import('../../study/runStudy.ts');
      const { describePlan, describeProgress } = await import('../describe/describePlan.ts');
      const planned = await planRun({ config, only: stages, ...options }, control);
      print(status ? describeProgress(planned, paint) : describePlan(planned, paint));
      return {
        json: planned.map(({ job: { id, stage }, key, state, why }) => ({
          id,
          stage,
          key,
          state,
          why,
        })),
      };
    }
    const { runStudy } = await import('../../study/runStudy.ts');
    const { describeStudy } = await import('../describe/describeStudy.ts');
    const outcome = await profiled(profile, () =>
      runStudy({ config, only: stages, elsewhere, ...options }, control),
    );
    print(describeStudy(outcome, paint));
    return { json: outcome.result };
  },
});

async function readStatus(queue: string, name: string | undefined): Promise<QueueStatus> {
  const { openStatus } = await import('../../queue/studyStatus.ts');
  const reader = await openStatus(queue);
  // No `await using`: beside one, TypeScript 6.0 leaves the import's ending as it is.
  try {
    return await reader.read(name);
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

/** Undefined: the study is computed here. */
async function workersAt(
  queue: string | undefined,
  store: string | undefined,
): Promise<RunElsewhere | undefined> {
  if (queue === undefined && store === undefined) return undefined;
  if (queue === undefined || store === undefined) {
    throw usageError({
      what: '--queue and --store belong together',
      expected: '--queue redis://HOST --store s3://BUCKET, or a folder that all machines see',
      found: queue === undefined ? '--store alone' : '--queue alone',
    });
  }
  const { runQueued } = await import('../../queue/runQueued.ts');
  return (jobs, registry, cache, options) =>
    runQueued(jobs, registry, cache, { queue, store, ...options });
}

function stageOf(name: string): Stage {
  const stage = STAGES.find((candidate) => candidate === name);
  if (stage !== undefined) return stage;
  const nearest = nearestName(name, STAGES);
  throw usageError({
    what: `there is no stage ${name}`,
    expected: `one of ${STAGES.join(', ')}`,
    found: name,
    ...(nearest !== undefined && { remedy: `did you mean ${nearest}?` }),
  });
}
