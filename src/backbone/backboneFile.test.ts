import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backbonePath, findBackbone, pullBackbone, pullEntry } from './backboneFile.ts';
import { type CatalogueEntry, catalogueEntry } from './catalogue.ts';

const weights = Buffer.from('not really weights');
const weightsHash = createHash('sha256').update(weights).digest('hex');

let folder: string;
let server: Server;
let requests = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-pull-'));
  requests = 0;
  server = createServer((_request, response) => {
    requests++;
    response.end(weights);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

/** A catalogue entry whose file the local server has. */
function entryWith(sha256: string | null, bytes = weights.length): CatalogueEntry {
  return {
    ...catalogueEntry('resnet101'),
    file: {
      name: 'resnet101.tv_in1k.safetensors',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.safetensors`,
      bytes,
      bytesAreApproximate: bytes !== weights.length,
      sha256,
    },
  };
}

describe('pullEntry', () => {
  it('downloads once, checks against the catalogue, and finds the file afterwards', async () => {
    const first = await pullEntry(entryWith(weightsHash), {}, folder);
    expect(first).toMatchObject({
      downloaded: true,
      file: { sha256: weightsHash, checkedAgainst: 'catalogue' },
    });
    const second = await pullEntry(entryWith(weightsHash), {}, folder);
    expect(second.downloaded).toBe(false);
    expect(requests).toBe(1);
    expect(existsSync(`${second.file?.path}.sha256`)).toBe(false);
  });

  it('records an unknown hash, and holds the file to it from then on', async () => {
    const entry = entryWith(null, 999);
    const first = await pullEntry(entry, {}, folder);
    expect(first.file?.checkedAgainst).toBe('none');
    const path = first.file?.path ?? '';
    expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(
      `${weightsHash}  resnet101.tv_in1k.safetensors\n`,
    );
    expect((await pullEntry(entry, {}, folder)).file?.checkedAgainst).toBe('first download');
    writeFileSync(path, 'changed');
    await expect(pullEntry(entry, {}, folder)).rejects.toThrow(`SHA-256 ${weightsHash}`);
    await expect(findBackbone('resnet101', folder)).rejects.toThrow('is not the backbone');
  });

  it('refuses a download with another hash and leaves nothing', async () => {
    await expect(pullEntry(entryWith('0'.repeat(64)), {}, folder)).rejects.toThrow(weightsHash);
    expect(existsSync(join(folder, 'resnet101.tv_in1k.safetensors'))).toBe(false);
  });
});

describe('pullBackbone', () => {
  it('has nothing to do for the built-in backbone', async () => {
    expect(await pullBackbone('filterbank', {}, folder)).toMatchObject({
      downloaded: false,
      file: undefined,
    });
  });

  it('says where to place a file that has no address, and accepts only the right one', async () => {
    const file = catalogueEntry('resnet50-v2').file;
    if (file === null) throw new Error('the entry has no file');
    const path = backbonePath(file, folder);
    const error = await pullBackbone('resnet50-v2', {}, folder).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: 'environment' });
    expect(error.message).toContain(`by hand: ${path}`);
    writeFileSync(path, 'something else');
    await expect(pullBackbone('resnet50-v2', {}, folder)).rejects.toMatchObject({
      kind: 'input',
      details: { expected: `SHA-256 ${file.sha256}` },
    });
  });

  it('does not know other names', async () => {
    await expect(pullBackbone('resnet19', {}, folder)).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('findBackbone', () => {
  it('takes a path as it is and hashes it', async () => {
    const path = join(folder, 'mine.ONNX');
    writeFileSync(path, weights);
    expect(await findBackbone(path, folder)).toEqual({
      entry: undefined,
      file: { path, sha256: weightsHash, checkedAgainst: 'none' },
    });
  });

  it('refuses a path without a file, and a folder', async () => {
    await expect(findBackbone(join(folder, 'no.onnx'))).rejects.toMatchObject({ kind: 'input' });
    const odd = mkdtempSync(join(folder, 'folder-'));
    await expect(findBackbone(`${odd}/../x.safetensors`)).rejects.toMatchObject({ kind: 'input' });
  });

  it('finds what is built in without a file', async () => {
    const found = await findBackbone('filterbank', folder);
    expect(found.entry?.name).toBe('filterbank');
    expect(found.file).toBeUndefined();
  });

  it('says how to get a file that is not there', async () => {
    await expect(findBackbone('resnet18', folder)).rejects.toThrow(
      'run: flawmap backbone pull resnet18',
    );
  });
});
