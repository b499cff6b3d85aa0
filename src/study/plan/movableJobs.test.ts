import { join } from 'node:path';
import { expect, test } from 'vitest';
import { studyInput } from '../../../test/support/studyInput.ts';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256 } from '../../core/hash.ts';
import { keyJobs } from '../../pipeline/jobKey.ts';
import { STUDY_KINDS } from '../registry.ts';
import { movableJobs } from './movableJobs.ts';
import { planStudy } from './planStudy.ts';
import type { StudyInput } from './studyInput.ts';

const planned = (input: StudyInput) => planStudy(input, undefined).jobs;
const keys = (jobs: Parameters<typeof keyJobs>[0]) =>
  keyJobs(jobs, STUDY_KINDS).map(({ job, key }) => [job.id, key]);

function withBackbone(place: string, device: 'cpu' | 'cuda' = 'cpu'): StudyInput {
  const input = studyInput('analysis: { run: [interpretability] }');
  return { ...input, backbone: { ...input.backbone, place, device } };
}

test('jobs have the keys that they have here', async () => {
  const input = withBackbone('filterbank');
  const jobs = planned(input);
  expect(keys(await movableJobs(jobs, input))).toEqual(keys(jobs));
});

test('every file of a job lies in a folder that is named', async () => {
  const input = withBackbone('filterbank');
  for (const { id, files = [], folders = {}, resources } of await movableJobs(
    planned(input),
    input,
  )) {
    expect(folders).toEqual({ nut: '/data/nut' });
    expect(resources!.memoryBytes, id).toBeGreaterThan(1e8);
    for (const { name } of files) expect(name.split('/')[0]).toBe('nut');
  }
});

test('weights go with the jobs', async () => {
  const folder = makeTree({ 'net.onnx': 'weights' });
  const input = withBackbone(join(folder, 'net.onnx'));
  for (const { reads, folders, local } of await movableJobs(planned(input), input)) {
    expect(reads).toContainEqual({ name: '@weights/net.onnx', sha256: sha256('weights') });
    expect(folders!['@weights']).toBe(folder);
    expect(local).toMatchObject({ backbone: join(folder, 'net.onnx') });
  }
});

test('crops go with the images that they may be cut from', async () => {
  const input = withBackbone('filterbank');
  const jobs = await movableJobs(planned(input), input);
  const crops = jobs.filter(({ kind }) => kind === 'crops');
  expect(crops).toHaveLength(2);
  for (const { reads } of crops) {
    expect(reads!.map(({ name }) => name)).toEqual([
      'nut/train/good/0.png',
      'nut/train/good/1.png',
      'nut/test/good/0.png',
      'nut/test/cut/0.png',
    ]);
  }
});

test('jobs of a study on a GPU ask for one', async () => {
  const input = withBackbone('filterbank', 'cuda');
  for (const { resources } of await movableJobs(planned(input), input)) {
    expect(resources).toMatchObject({ device: 'cuda' });
  }
});
