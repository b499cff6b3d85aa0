import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { sha256File } from '../core/hash.ts';
import { CATALOGUE, catalogueEntry, DEFAULT_BACKBONE } from './catalogue.ts';

describe('CATALOGUE', () => {
  it('has unique names and files, and default layers that exist', () => {
    const names = CATALOGUE.map(({ name }) => name);
    const files = CATALOGUE.flatMap(({ file }) => file?.name ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(files).size).toBe(files.length);
    for (const { layers, defaultLayers } of CATALOGUE) {
      expect(layers.map(({ name }) => name)).toEqual(expect.arrayContaining([...defaultLayers]));
      expect(defaultLayers.length).toBeGreaterThan(0);
    }
  });

  it('gives every file a hash of the right form or none at all', () => {
    for (const { file } of CATALOGUE) {
      if (file?.sha256) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      if (file?.url) expect(new URL(file.url).protocol).toBe('https:');
      if (file) expect(basename(file.name)).toBe(file.name);
    }
  });

  // Parameter and buffer bytes of a whole torchvision model; a safetensors file adds its header.
  // /usr/bin/python3 -c "import torchvision.models as m; [print(n, sum(v.numel() * v.element_size()
  //   for v in getattr(m, n)().state_dict().values())) for n in ('resnet18', 'resnet34',
  //   'resnet50', 'resnet101', 'wide_resnet50_2')]"
  it.each([
    ['resnet18', 46_796_608],
    ['resnet34', 87_259_072],
    ['resnet50', 102_441_032],
    ['resnet101', 178_618_848],
    ['wide_resnet50_2', 275_806_280],
  ])('states a size for %s that holds its parameters and a header', (name, parameterBytes) => {
    const headerBytes = (catalogueEntry(name).file?.bytes ?? 0) - parameterBytes;
    expect(headerBytes).toBeGreaterThan(10_000);
    expect(headerBytes).toBeLessThan(60_000);
  });

  it('has a default that needs no download', () => {
    expect(catalogueEntry(DEFAULT_BACKBONE).file).toBeNull();
  });
});

describe('catalogueEntry', () => {
  it('lists the names there are and suggests the nearest', () => {
    let message = '';
    try {
      catalogueEntry('resnet-18');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('did you mean resnet18?');
    for (const { name } of CATALOGUE) expect(message).toContain(name);
  });
});

describeWithShared('the resnet50-v2 entry and the real file', () => {
  it('agree in size and hash', async () => {
    const file = catalogueEntry('resnet50-v2').file;
    if (file === null) throw new Error('the entry has no file');
    const path = sharedPath('weights', file.name);
    expect(statSync(path).size).toBe(file.bytes);
    expect(await sha256File(path)).toBe(file.sha256);
  });
});
