/** Studies on a queue, to look at: a page without a script, which the browser fetches anew. */
import { escapeHtml } from './escapeHtml.ts';
import type { ShownStudies } from './studies.ts';

type Study = ShownStudies['studies'][number];

const RENEW_SECONDS = 5;
const STATES = ['done', 'running', 'waiting', 'failed', 'held back'] as const;

// Colours as those of reports and of the inspector page.
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
  --paper: #fdfcfa; --surface: #f4f2ed; --ink: #1b1b1b; --faint: #5c5a56; --grid: #e2dfd8;
  --accent: #1f4e79; --good: #1f6b3a; --caution: #7a5200; --bad: #a5281b }
@media (prefers-color-scheme: dark) { :root {
  --paper: #15171a; --surface: #1f2226; --ink: #e9e6e1; --faint: #a8a49c; --grid: #34383d;
  --accent: #8fbce6; --good: #7fcf9a; --caution: #e3b55b; --bad: #f2907f } }
body { margin: 0; background: var(--paper); color: var(--ink) }
main { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 3rem }
h1, h2 { font-family: Georgia, 'Liberation Serif', serif; line-height: 1.25; margin: 0 }
h1 { font-size: 1.6rem }
h2 { font-size: 1.3rem }
h3 { font-size: 1rem; margin: 0 }
h1, h2, h3, p, td, th { overflow-wrap: anywhere }
a { color: var(--accent) }
section { border-top: 1px solid var(--grid); margin-top: 1.5rem; padding-top: 1.25rem }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem }
.word { font-weight: 600; color: var(--accent) }
.word.done { color: var(--good) }
.word.failed, .failure h3 { color: var(--bad) }
.faint, .zero, thead th { color: var(--faint) }
.trouble { color: var(--caution) }
p { margin: 0.5rem 0 }
.bar { display: flex; height: 0.75rem; margin: 0.75rem 0; border-radius: 0.375rem; overflow: hidden;
  background: var(--grid) }
.bar .done { background: var(--good) }
.bar .running { background: var(--accent) }
.bar .failed { background: var(--bad) }
.bar .held { background: var(--caution) }
.wide { overflow-x: auto; margin: 0.75rem -2px; padding: 0 2px }
table { border-collapse: collapse; width: 100% }
th, td { padding: 0.25rem 1rem 0.25rem 0; text-align: left; vertical-align: top }
thead th { font-weight: 400; font-size: 0.9rem; white-space: nowrap }
tbody tr { border-top: 1px solid var(--grid) }
tbody th { font-weight: 600; min-width: 8.5rem }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td.work { min-width: 14rem }
.failure { background: var(--surface); border-left: 3px solid var(--bad); margin: 0.75rem 0;
  padding: 0.75rem 1rem }
pre { margin: 0.5rem 0 0; font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere }`;

export function studyPage({ queue, at, studies, workers }: ShownStudies): string {
  const parts = studies.map((study) => describe(study, at));
  const none = '<p>No study has been submitted yet: <code>flawmap study CONFIG --queue</code>.</p>';
  const time = new Date(at).toISOString();
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="${RENEW_SECONDS}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Studies</title><style>${STYLE}</style>
<main>
<h1>Studies</h1>
<p class="faint">On ${escapeHtml(queue)}, as of <time datetime="${time}">${shownTime(time)}</time>. The page renews
itself; the same <a href="v1/study">as data</a>.</p>
${parts.length === 0 ? none : parts.join('\n')}
<section>
<h2>Workers</h2>
${workers.length === 0 ? '<p>None: start <code>flawmap worker</code>.</p>' : workerTable(workers, at)}
</section>
</main>
</html>
`;
}

const shownTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

function describe(study: Study, at: number): string {
  const { name, stages, stagesAMinute, secondsLeft, failures, submittedAt } = study;
  const counts = countStates(stages);
  const left = counts.waiting + counts.running;
  const pace = [
    `submitted ${minutes((at - submittedAt) / 1000)} ago`,
    ...(left === 0 ? [] : [`${stagesAMinute.toFixed(1)} stages a minute`]),
    ...(left === 0 || secondsLeft === null ? [] : [`about ${minutes(secondsLeft)} left`]),
  ];
  const [word, kind] =
    left > 0 ? ['running', 'running'] : counts.done < stages.length ? FAILED : ['done', 'done'];
  const others = STATES.slice(1).filter((state) => counts[state] > 0);
  const told = [
    `${counts.done} of ${stages.length} stages done`,
    ...others.map((state) => `${counts[state]} ${state}`),
  ].join(', ');
  const failed = failures.map(
    ({ id, reason, log }) =>
      `<div class="failure"><h3>${escapeHtml(id)} failed</h3><p>${escapeHtml(reason)}</p>` +
      `<pre>${escapeHtml(log.join('\n'))}</pre></div>`,
  );
  return `<section>
<div class="head"><h2>${escapeHtml(name)}</h2><span class="word ${kind}">${word}</span></div>
${bar(counts, told)}
<p>${told}; ${pace.join(', ')}.</p>
${failed.join('\n')}
${stageTable(stages)}
</section>`;
}

const FAILED = ['ended, not whole', 'failed'] as const;

type Counts = Readonly<Record<(typeof STATES)[number], number>>;

function countStates(stages: Study['stages']): Counts {
  const count = (state: string) => stages.filter((stage) => shownAs(stage.state) === state).length;
  return Object.fromEntries(STATES.map((state) => [state, count(state)])) as Counts;
}

function bar(counts: Counts, told: string): string {
  const parts = (['done', 'running', 'failed', 'held back', 'waiting'] as const).map(
    (state) => `<span class="${state.split(' ')[0]}" style="flex:${counts[state]}"></span>`,
  );
  return `<div class="bar" role="img" aria-label="${told}">${parts.join('')}</div>`;
}

function stageTable(stages: Study['stages']): string {
  const groups = [...new Set(stages.map(({ stage }) => stage))];
  const rows = groups.map((group) => {
    const counts = countStates(stages.filter(({ stage }) => stage === group));
    const cells = STATES.map((state) => numberCell(counts[state]));
    return `<tr><th scope="row">${escapeHtml(group)}</th>${cells.join('')}</tr>`;
  });
  const heads = STATES.map((state) => `<th scope="col" class="number">${state}</th>`);
  return `<div class="wide" tabindex="0" role="region" aria-label="stages"><table>
<thead><tr><th scope="col">stage</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** What Redis has forgotten has ended. */
const shownAs = (state: Study['stages'][number]['state']) =>
  state === 'forgotten' ? 'done' : state;

function workerTable(workers: ShownStudies['workers'], at: number): string {
  const rows = workers.map(({ id, devices, concurrency, memoryBytes, done, failed, ...worker }) => {
    const work = worker.running.map(
      (one) => `${escapeHtml(one.id)} (${minutes((at - one.startedAt) / 1000)})`,
    );
    const trouble =
      worker.trouble === null
        ? ''
        : `<br><span class="trouble">${escapeHtml(worker.trouble)}</span>`;
    return `<tr><th scope="row">${escapeHtml(id)}</th><td>${escapeHtml(devices.join(' '))}</td>${[
      concurrency,
      Math.round(memoryBytes / 1e9),
      done,
      failed,
    ]
      .map(numberCell)
      .join('')}<td class="work">${work.join('<br>') || 'nothing'}${trouble}</td></tr>`;
  });
  const number = ['slots', 'GB', 'done', 'failed'].map(
    (name) => `<th scope="col" class="number">${name}</th>`,
  );
  return `<div class="wide" tabindex="0" role="region" aria-label="workers"><table><thead><tr><th scope="col">worker</th><th scope="col">devices</th>${number.join('')}
<th scope="col">in hand</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const numberCell = (value: number): string =>
  `<td class="number${value === 0 ? ' zero' : ''}">${value}</td>`;

function minutes(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
