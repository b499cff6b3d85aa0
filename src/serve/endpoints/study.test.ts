import { describe, expect, it } from 'vitest';
import type { Call } from '../endpoint.ts';
import type { ShownStudies } from '../studies.ts';
import { STUDY_ENDPOINTS } from './study.ts';

const MINUTE = 60_000;
const stage = (id: string, state: ShownStudies['studies'][number]['stages'][number]['state']) => ({
  ...{ id, stage: id.split('/')[0]!, state, startedAt: null, endedAt: null, worker: null },
});

const SHOWN: ShownStudies = {
  queue: 'redis://10.0.0.5',
  at: 10 * MINUTE,
  studies: [
    {
      name: 'lamps & <lenses>',
      store: 's3://flawmap',
      submittedAt: 0,
      stages: [
        stage('embed/nut', 'done'),
        stage('fit/nut', 'running'),
        stage('fit/zip', 'failed'),
        stage('clean/zip', 'held back'),
      ],
      counts: { waiting: 0, running: 1, done: 1, failed: 1, 'held back': 1, forgotten: 0 },
      stagesAMinute: 0.2,
      secondsLeft: 240,
      failures: [{ id: 'fit/zip', reason: 'no <memory>', log: ['try 1: no <memory>'] }],
    },
  ],
  workers: [
    {
      ...{ id: 'plant~1', host: 'plant', devices: ['cpu'], concurrency: 2, cores: 2 },
      ...{ memoryBytes: 8e9, done: 1, failed: 1, trouble: null },
      running: [{ id: 'fit/nut', startedAt: 9 * MINUTE }],
    },
  ],
};

const call = (studies?: () => Promise<ShownStudies>) =>
  ({ service: { studies }, query: {}, parameters: {} }) as unknown as Call;
const [asDocument, asPage] = STUDY_ENDPOINTS;

describe('studies on a queue', () => {
  it('are told as a document', async () => {
    const answer = await asDocument!.handle(call(async () => SHOWN));
    expect(await answer.json()).toEqual(SHOWN);
  });

  it('are shown on a page, with whatever they are called', async () => {
    const answer = await asPage!.handle(call(async () => SHOWN));
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await answer.text();
    expect(page).toContain('<h2>lamps &#38; &#60;lenses&#62;</h2><span class="word running">');
    expect(page).toContain('1 of 4 stages done, 1 running, 1 failed, 1 held back; submitted');
    expect(page).toContain('0.2 stages a minute, about 4 min left');
    expect(page).toContain('<pre>try 1: no &#60;memory&#62;</pre>');
    expect(page).toContain('fit/nut (60 s)');
    const cells = [0, 1, 0, 1, 0]
      .map((count) => `<td class="number${count === 0 ? ' zero' : ''}">${count}</td>`)
      .join('');
    expect(page).toContain(`<th scope="row">fit</th>${cells}`);
  });

  it('are not called done where a stage failed', async () => {
    const [study] = SHOWN.studies;
    const stages = study!.stages.filter(({ state }) => state !== 'running');
    const page = async (kept: typeof stages) =>
      (
        await asPage!.handle(
          call(async () => ({ ...SHOWN, studies: [{ ...study!, stages: kept }] })),
        )
      ).text();
    expect(await page(stages)).toContain('<span class="word failed">ended, not whole</span>');
    const done = stages.filter(({ state }) => state === 'done');
    expect(await page(done)).toContain('<span class="word done">done</span>');
  });

  it('say what to do where there are none', async () => {
    const page = await (
      await asPage!.handle(call(async () => ({ ...SHOWN, studies: [], workers: [] })))
    ).text();
    expect(page).toContain('No study has been submitted yet');
    expect(page).toContain('flawmap worker');
  });

  it('are nowhere where the server was not told of a queue', async () => {
    for (const endpoint of [asDocument, asPage]) {
      await expect(async () => endpoint!.handle(call())).rejects.toMatchObject({ status: 404 });
    }
  });
});
