/** What is told of studies on a queue. */
import { z } from 'zod';

const milliseconds = z.number().describe('ms since 1970');

const worker = z
  .object({
    id: z.string(),
    host: z.string(),
    devices: z.array(z.string()).readonly(),
    concurrency: z.number().int().describe('stages that it does at once'),
    cores: z.number().int(),
    memoryBytes: z.number(),
    running: z.array(z.object({ id: z.string(), startedAt: milliseconds })).readonly(),
    done: z.number().int(),
    failed: z.number().int(),
    trouble: z.string().nullable().describe('what hindered it last'),
  })
  .meta({ id: 'StudyWorker' });

const stage = z
  .object({
    id: z.string(),
    stage: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'held back', 'forgotten']),
    startedAt: milliseconds.nullable(),
    endedAt: milliseconds.nullable(),
    worker: z.string().nullable(),
  })
  .meta({ id: 'StudyStage' });

const study = z
  .object({
    name: z.string(),
    store: z.string(),
    submittedAt: milliseconds,
    stages: z.array(stage).readonly(),
    counts: z.record(z.string(), z.number().int()).describe('stages by state'),
    stagesAMinute: z.number(),
    secondsLeft: z.number().nullable().describe('roughly; null: nobody can tell'),
    failures: z
      .array(z.object({ id: z.string(), reason: z.string(), log: z.array(z.string()).readonly() }))
      .readonly(),
  })
  .meta({ id: 'Study' });

export const studiesSchema = z
  .object({
    queue: z.string().describe('address of the Redis server'),
    at: milliseconds,
    studies: z.array(study).readonly(),
    workers: z.array(worker).readonly(),
  })
  .meta({ id: 'StudyStatus' });

/** What is known of the studies on a queue. */
export type ShownStudies = z.input<typeof studiesSchema>;
