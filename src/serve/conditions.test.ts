import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../test/support/inspectorMetadata.ts';
import { makeTree } from '../../test/support/tree.ts';
import { createRandom } from '../core/random.ts';
import type { ImagingConditions } from '../detector/inspector/metadata.ts';
import { openConditions } from './conditions.ts';
import type { ServedModel } from './models.ts';

const random = createRandom('conditions');
const seen = (brightness: number): ImagingConditions => ({
  ...{ brightness: brightness + random.normal(), contrast: 30 + random.normal() },
  ...{ saturation: 0.2 + 0.01 * random.normal(), sharpness: 5 + 0.1 * random.normal() },
  ...{ noise: 1 + 0.01 * random.normal(), shadingX: 0.01 * random.normal() },
  ...{ shadingY: 0.01 * random.normal(), corners: -0.3 + 0.01 * random.normal() },
});

function modelOf(name: string): ServedModel {
  const { calibration } = INSPECTOR_METADATA;
  const images = Array.from({ length: 40 }, () => ({
    ...calibration.images[0]!,
    conditions: seen(120),
  }));
  const metadata = { ...INSPECTOR_METADATA, calibration: { ...calibration, images } };
  const files = { path: `/${name}`, copy: `/${name}`, sha256: 'a'.repeat(64) };
  return { name, ...files, bytes: 1, modified: new Date(0), metadata };
}

const at = (minute: number) => new Date(2026, 0, 1, 14, minute);

it('watches each model by itself, and goes on after a restart', async () => {
  const models = ['bottle', 'zipper'].map(modelOf);
  const [bottle, zipper] = models as [ServedModel, ServedModel];
  const journal = join(makeTree({}), 'journal.jsonl');
  const failures: unknown[] = [];
  const open = () => openConditions(models, journal, (error) => failures.push(error));
  {
    await using conditions = await open();
    for (let i = 0; i < 30; i++) conditions.observe(bottle, seen(120), at(0));
    expect(conditions.status(bottle, at(0))).toMatchObject({ images: 30, alarm: null });
    for (let i = 0; i < 30; i++) conditions.observe(bottle, seen(90), at(5));
    expect(conditions.status(zipper, at(5))).toMatchObject({ images: 0, alarm: null });
  }
  expect(existsSync(`${journal}.bottle.conditions.json`)).toBe(true);
  await using again = await open();
  const { alarm } = again.observe(bottle, seen(90), at(6));
  expect(alarm).toMatchObject({ descriptor: 'brightness', since: at(5).toISOString() });
  expect(alarm!.sentence).toMatch(
    /^conditions changed since 14:05 .*; the threshold no longer holds; show me \d+ good images$/,
  );
  expect(failures).toEqual([]);
});

it('leaves nothing where there is no journal', async () => {
  const bottle = modelOf('bottle');
  await using conditions = await openConditions([bottle], undefined, () => {});
  expect(conditions.observe(bottle, seen(120), at(0)).images).toBe(1);
});

it('begins anew for a model that takes the place of another, and keeps its state alone', async () => {
  const [before, after] = ['a', 'b'].map((digit) => ({
    ...modelOf('bottle'),
    sha256: digit.repeat(64),
  })) as [ServedModel, ServedModel];
  const journal = join(makeTree({}), 'journal.jsonl');
  {
    await using conditions = await openConditions([before], journal, () => {});
    for (let i = 0; i < 60; i++) conditions.observe(before, seen(i < 30 ? 120 : 90), at(i));
    expect(conditions.status(before, at(0)).alarm).not.toBeNull();
    conditions.begin(after);
    expect(conditions.observe(after, seen(120), at(0))).toMatchObject({ images: 1, alarm: null });
    // One image more was in work.
    expect(conditions.observe(before, seen(120), at(0)).images).toBe(61);
    conditions.end(before);
    expect(conditions.observe(before, seen(120), at(0)).images).toBe(2);
  }
  await using again = await openConditions([after], journal, () => {});
  expect(again.status(after, at(0)).images).toBe(2);
});
