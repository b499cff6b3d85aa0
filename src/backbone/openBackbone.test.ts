import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { onnxModel, onnxNode } from '../../test/support/onnxModel.ts';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { sha256 } from '../core/hash.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openBackbone } from './openBackbone.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-open-'));
  mkdirSync(join(folder, 'backbones'));
  vi.stubEnv('FLAWMAP_CACHE', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('opens the built-in backbone by name', async () => {
  const backbone = await openBackbone('filterbank');
  expect(backbone).toMatchObject({ name: 'filterbank', sha256: null, standardise: true });
});

it('opens an ONNX file by path and records its hash', async () => {
  const nodes = [onnxNode('Relu', ['x'], ['layer2']), onnxNode('Relu', ['x'], ['layer3'])];
  const bytes = encodeModel(onnxModel({ opset: 13, nodes, outputs: ['layer2', 'layer3'] }));
  const path = join(folder, 'Some.ONNX');
  writeFileSync(path, bytes);
  const backbone = await openBackbone(path);
  expect(backbone).toMatchObject({ name: 'Some.ONNX', sha256: sha256(bytes), standardise: false });
  expect(backbone.layers).toEqual(['layer2', 'layer3']);
});

it('asks for a named backbone to be pulled, and suggests names', async () => {
  await expect(openBackbone('resnet18')).rejects.toThrow(/flawmap backbone pull resnet18/);
  await expect(openBackbone('resnet81')).rejects.toMatchObject({ kind: 'usage' });
});

describeWithShared('files as they are published', () => {
  it('opens a safetensors file by path', async () => {
    const backbone = await openBackbone(sharedPath('reference/resnet_basic_1111.safetensors'));
    expect(backbone.layers).toEqual(['layer1', 'layer2', 'layer3']);
    expect(backbone.defaultLayers).toEqual(['layer2', 'layer3']);
    expect(backbone.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('opens a catalogue entry from the cache under its own name', async () => {
    const name = 'resnet50-v2-imagenet-layers1-3.onnx';
    symlinkSync(sharedPath('weights', name), join(folder, 'backbones', name));
    const backbone = await openBackbone('resnet50-v2');
    expect(backbone.name).toBe('resnet50-v2');
    expect(backbone.defaultLayers).toEqual(['layer2', 'layer3']);
  });

  it('refuses weights that are not those of the catalogue', async () => {
    copyFileSync(
      sharedPath('reference/resnet_basic_1111.safetensors'),
      join(folder, 'backbones', 'resnet18.tv_in1k.safetensors'),
    );
    await expect(openBackbone('resnet18')).rejects.toThrow(/is not the backbone resnet18/);
  });
});
