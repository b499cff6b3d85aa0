/** What studies on a queue are doing. */
import type { StageStatus } from '../../queue/stageStatus.ts';
import type { QueueStatus, StudyStatus } from '../../queue/studyStatus.ts';
import type { WorkerState } from '../../queue/workerState.ts';
import type { CommandContext } from '../command.ts';
import { formatBytes, formatDuration } from '../quantities.ts';
import { textTable } from '../textTable.ts';

type Paint = CommandContext['paint'];

/** Lines of what is written down of a failed stage. */
const LOG_LINES = 6;

export function describeStatus(status: QueueStatus, paint: Paint): string {
  const { studies, workers, at } = status;
  const parts = studies.map((study) => describeStudyStatus(study, at, paint));
  if (parts.length === 0)
    parts.push(paint('bold', `No study has been submitted to ${status.queue}`));
  parts.push(describeWorkers(workers, at, paint));
  return parts.join('\n\n');
}

function describeStudyStatus(study: StudyStatus, at: number, paint: Paint): string {
  const { name, counts, stages, stagesAMinute, secondsLeft, failures, submittedAt } = study;
  const left = counts.waiting + counts.running;
  const ended = stages.length - left;
  const pace = [
    `submitted ${formatDuration((at - submittedAt) / 1000)} ago`,
    ...(left === 0 ? [] : [`${stagesAMinute.toFixed(1)} stages a minute`]),
    ...(left === 0 || secondsLeft === null ? [] : [`about ${formatDuration(secondsLeft)} left`]),
  ];
  const heading = `${name}: ${ended} of ${stages.length} stages ended`;
  const groups = [...new Set(stages.map(({ stage }) => stage))];
  const rows = groups.map((group) => {
    const of = stages.filter(({ stage }) => stage === group);
    const count = (...states: StageStatus['state'][]) =>
      of.filter(({ state }) => states.includes(state)).length;
    return [
      group,
      count('done', 'forgotten'),
      count('running'),
      count('waiting'),
      count('failed'),
      count('held back'),
    ];
  });
  const table = textTable(['stage', 'done', 'running', 'waiting', 'failed', 'held back'], rows);
  const failed = failures.map(({ id, reason, log }) =>
    [
      paint('red', `${id}: ${reason.split('\n')[0]}`),
      ...log.flatMap((entry) => entry.split('\n').slice(0, LOG_LINES)).map((line) => `    ${line}`),
    ].join('\n'),
  );
  return [paint('bold', heading), `${pace.join(', ')}; store ${study.store}`, '', table, ...failed]
    .join('\n')
    .trimEnd();
}

function describeWorkers(workers: readonly WorkerState[], at: number, paint: Paint): string {
  if (workers.length === 0) {
    return `${paint('bold', 'No workers')}: flawmap worker --queue … --store …`;
  }
  const rows = workers.map((worker) => [
    worker.id,
    worker.devices.join(' '),
    worker.concurrency,
    worker.cores,
    formatBytes(worker.memoryBytes),
    worker.done,
    worker.failed,
    worker.running
      .map(({ id, startedAt }) => `${id} (${formatDuration((at - startedAt) / 1000)})`)
      .join(', ') || 'nothing',
  ]);
  const headers = ['worker', 'devices', 'slots', 'cores', 'memory', 'done', 'failed', 'working on'];
  const troubles = workers.flatMap(({ id, trouble }) =>
    trouble === null ? [] : [paint('yellow', `${id}: ${trouble.split('\n')[0]}`)],
  );
  return [textTable(headers, rows), ...troubles].join('\n');
}
