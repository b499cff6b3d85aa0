/** Studies on a queue, to look at: a page without a script, which the browser fetches anew. */
import type { ShownStudies } from './studies.ts';

type Study = ShownStudies['studies'][number];

const RENEW_SECONDS = 5;
const STATES = ['done', 'running', 'waiting', 'failed', 'held back'] as const;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem }
th, td { padding: 0.2rem 1rem 0.2rem 0; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
progress { width: 100% }
pre { overflow-x: auto; border-left: 3px solid; padding-left: 1rem }`;

export function studyPage({ queue, at, studies, workers }: ShownStudies): string {
  const parts = studies.map((study) => describe(study, at));
  const none = '<p>No study has been submitted yet: <code>flawmap study CONFIG --queue</code>.</p>';
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="${RENEW_SECONDS}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Studies</title><style>${STYLE}</style>
<main>
<h1>Studies on ${escaped(queue)}</h1>
${parts.length === 0 ? none : parts.join('\n')}
<h2>Workers</h2>
${workers.length === 0 ? '<p>None: start <code>flawmap worker</code>.</p>' : workerTable(workers, at)}
<p>As of <time>${new Date(at).toISOString()}</time>; the page renews itself. The same as data:
<a href="v1/study">v1/study</a>.</p>
</main>
</html>
`;
}

function describe(study: Study, at: number): string {
  const { name, stages, counts, stagesAMinute, secondsLeft, failures, submittedAt } = study;
  const left = (counts.waiting ?? 0) + (counts.running ?? 0);
  const ended = stages.length - left;
  const pace = [
    `submitted ${minutes((at - submittedAt) / 1000)} ago`,
    ...(left === 0 ? [] : [`${stagesAMinute.toFixed(1)} stages a minute`]),
    ...(left === 0 || secondsLeft === null ? [] : [`about ${minutes(secondsLeft)} left`]),
  ];
  const groups = [...new Set(stages.map(({ stage }) => stage))];
  const rows = groups.map((group) => {
    const of = stages.filter(({ stage }) => stage === group);
    const cells = STATES.map(
      (state) => of.filter((stage) => shownAs(stage.state) === state).length,
    );
    return `<tr><th scope="row">${escaped(group)}</th>${cells.map(numberCell).join('')}</tr>`;
  });
  const heads = STATES.map((state) => `<th scope="col" class="number">${state}</th>`).join('');
  const failed = failures.map(
    ({ id, reason, log }) =>
      `<h3>${escaped(id)} failed</h3><p>${escaped(reason)}</p><pre>${escaped(log.join('\n'))}</pre>`,
  );
  return `<section>
<h2>${escaped(name)}: ${ended} of ${stages.length} stages ended</h2>
<progress value="${ended}" max="${Math.max(1, stages.length)}" aria-label="stages ended"></progress>
<p>${pace.join(', ')}</p>
<table><thead><tr><th scope="col">stage</th>${heads}</tr></thead>
<tbody>${rows.join('')}</tbody></table>
${failed.join('\n')}
</section>`;
}

/** What Redis has forgotten has ended. */
const shownAs = (state: Study['stages'][number]['state']) =>
  state === 'forgotten' ? 'done' : state;

function workerTable(workers: ShownStudies['workers'], at: number): string {
  const rows = workers.map(({ id, devices, concurrency, memoryBytes, done, failed, ...worker }) => {
    const work = worker.running.map(
      (one) => `${escaped(one.id)} (${minutes((at - one.startedAt) / 1000)})`,
    );
    const trouble = worker.trouble === null ? '' : `<br>${escaped(worker.trouble)}`;
    return `<tr><th scope="row">${escaped(id)}</th><td>${escaped(devices.join(' '))}</td>${[
      concurrency,
      Math.round(memoryBytes / 1e9),
      done,
      failed,
    ]
      .map(numberCell)
      .join('')}<td>${work.join('<br>') || 'nothing'}${trouble}</td></tr>`;
  });
  const number = ['slots', 'GB', 'done', 'failed'].map(
    (name) => `<th scope="col" class="number">${name}</th>`,
  );
  return `<table><thead><tr><th scope="col">worker</th><th scope="col">devices</th>${number.join('')}
<th scope="col">in hand</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const numberCell = (value: number): string => `<td class="number">${value}</td>`;

function minutes(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
