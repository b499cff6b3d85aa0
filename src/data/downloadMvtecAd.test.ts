import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { archiveBytes } from '../../test/fixtures/tarXz.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { downloadMvtecAd } from './downloadMvtecAd.ts';
import { installArchive } from './installArchive.ts';
import { WHOLE_ARCHIVE } from './mvtecArchives.ts';

/** Serves files by the last part of the path; what is asked for is noted in `asked`. */
async function serve(files: Record<string, Uint8Array>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const content = files[request.url!.split('/').at(-1)!];
    response.writeHead(content ? 200 : 404, content && { 'content-length': content.length });
    response.end(content);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    return closed;
  };
  onTestFinished(async () => {
    await close();
  });
  return { baseUrl: `http://127.0.0.1:${port}`, asked, close };
}

const TWO = archiveBytes('twoCategories');

describe('downloadMvtecAd', () => {
  it('downloads, unpacks and counts the categories chosen', async () => {
    const { baseUrl, asked } = await serve({ 'bottle.tar.xz': TWO, 'cable.tar.xz': TWO });
    const to = join(makeTree({}), 'new', 'data');
    const steps = new Set<string>();
    const result = await downloadMvtecAd({
      to,
      categories: ['cable', 'bottle'],
      acceptLicence: true,
      baseUrl: `${baseUrl}/`,
      onProgress: ({ step }) => steps.add(step),
    });
    expect(result).toEqual({
      root: to,
      added: ['bottle', 'cable'],
      alreadyThere: [],
      archives: [join(to, 'bottle.tar.xz'), join(to, 'cable.tar.xz')],
      problems: [
        expect.objectContaining({ kind: 'published-counts', path: join(to, 'bottle') }),
        expect.objectContaining({ kind: 'published-counts', path: join(to, 'cable') }),
      ],
    });
    expect(readFileSync(join(to, 'bottle/train/good/000.png'), 'utf8')).toBe('train 0');
    expect((await readdir(to)).sort()).toEqual([
      'bottle',
      'bottle.tar.xz',
      'cable',
      'cable.tar.xz',
    ]);
    expect(asked.map((path) => path.split('/').slice(0, 3).join('/'))).toEqual([
      '/shares/38536',
      '/shares/38536',
    ]);
    expect([...steps]).toContain('unpacking bottle.tar.xz');
  });

  it('leaves categories that are there alone', async () => {
    const { baseUrl, asked } = await serve({});
    const to = makeTree({ 'bottle/train/good/mine.png': 'x' });
    const result = await downloadMvtecAd({
      to,
      categories: ['bottle'],
      acceptLicence: true,
      baseUrl,
    });
    expect(result).toMatchObject({ added: [], alreadyThere: ['bottle'], archives: [] });
    expect(asked).toEqual([]);
    expect(await readdir(join(to, 'bottle/train/good'))).toEqual(['mine.png']);
  });

  it('uses an archive placed by hand', async () => {
    const { baseUrl, asked } = await serve({});
    const to = makeTree({ 'bottle.tar.xz': TWO });
    await downloadMvtecAd({ to, categories: ['bottle'], acceptLicence: true, baseUrl });
    expect(existsSync(join(to, 'bottle/test/good/000.png'))).toBe(true);
    expect(asked).toEqual([]);
  });

  it('takes the whole archive when it lies there, and checks that it is the published one', async () => {
    const to = makeTree({ [WHOLE_ARCHIVE.fileName]: TWO });
    const download = downloadMvtecAd({ to, categories: ['bottle'], acceptLicence: true });
    await expect(download).rejects.toThrow(
      new RegExp(`not the published archive\n.*SHA-256 cf4313b1\\w+\n.*SHA-256 ${sha256(TWO)}\n`),
    );
    expect(await readdir(to)).toEqual([WHOLE_ARCHIVE.fileName]);
  });

  it('refuses without the licence accepted, showing it', async () => {
    const to = join(makeTree({}), 'data');
    const download = downloadMvtecAd({ to, acceptLicence: false });
    await expect(download).rejects.toThrow(/CC BY-NC-SA 4\.0[\s\S]*--accept-licence/);
    expect(existsSync(to)).toBe(false);
  });

  it('refuses an unknown category, naming the nearest', async () => {
    const to = makeTree({});
    const download = downloadMvtecAd({ to, categories: ['hazlenut'], acceptLicence: true });
    await expect(download).rejects.toThrow(/no category hazlenut[\s\S]*did you mean hazelnut\?/);
  });

  it('says where to place the file by hand when the server is out of reach', async () => {
    const { baseUrl, close } = await serve({});
    await close();
    const to = makeTree({});
    const download = downloadMvtecAd({ to, categories: ['bottle'], acceptLicence: true, baseUrl });
    await expect(download).rejects.toThrow(/127\.0\.0\.1:\d+\/shares\/38536\/.*\/bottle\.tar\.xz/);
    await expect(download).rejects.toThrow(join(to, 'bottle.tar.xz'));
  });

  it('leaves nothing half unpacked when the archive is malicious, damaged or another', async () => {
    const names = ['parentPath', 'symbolicLink', 'hardLink', 'device'] as const;
    for (const bytes of [...names.map(archiveBytes), TWO.subarray(0, TWO.length - 40)]) {
      const root = makeTree({ 'data/bottle.tar.xz': bytes });
      const to = join(root, 'data');
      const download = downloadMvtecAd({ to, categories: ['bottle'], acceptLicence: true });
      await expect(download).rejects.toThrow(/not to be trusted|damaged or cut short/);
      expect(await readdir(to)).toEqual(['bottle.tar.xz']);
      expect(await readdir(root)).toEqual(['data']);
    }
    const to = makeTree({ 'zipper.tar.xz': TWO });
    const other = downloadMvtecAd({ to, categories: ['zipper'], acceptLicence: true });
    await expect(other).rejects.toThrow(/zipper\.tar\.xz does not hold the category zipper/);
  });
});

describe('installArchive', () => {
  it('downloads and checks the hash, and clears what an interrupted run has left', async () => {
    const { baseUrl } = await serve({ 'all.tar.xz': TWO });
    const to = makeTree({ '.unpacking-all.tar.xz/bottle/old.png': 'half' });
    const archive = {
      fileName: 'all.tar.xz',
      url: `${baseUrl}/all.tar.xz`,
      sha256: sha256(TWO),
      size: TWO.length,
      categories: ['bottle', 'cable'],
    };
    await installArchive(archive, to, ['bottle', 'cable'], {});
    expect((await readdir(to)).sort()).toEqual(['all.tar.xz', 'bottle', 'cable']);
    expect(await readdir(join(to, 'bottle'))).toEqual(['test', 'train']);
  });

  it('refuses a download with another hash and unpacks nothing', async () => {
    const { baseUrl } = await serve({ 'all.tar.xz': TWO });
    const to = makeTree({});
    const archive = {
      fileName: 'all.tar.xz',
      url: `${baseUrl}/all.tar.xz`,
      sha256: '0'.repeat(64),
      categories: ['bottle'],
    };
    await expect(installArchive(archive, to, ['bottle'], {})).rejects.toThrow(/SHA-256 0{64}/);
    expect(await readdir(to)).toEqual([]);
  });

  it('stops when told to, leaving nothing half unpacked', async () => {
    const to = makeTree({ 'all.tar.xz': TWO });
    const archive = { fileName: 'all.tar.xz', url: 'http://unused', categories: ['bottle'] };
    const stopped = installArchive(archive, to, ['bottle'], { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(await readdir(to)).toEqual(['all.tar.xz']);
  });
});
