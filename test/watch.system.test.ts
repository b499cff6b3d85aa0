/** `flawmap watch` as a process: slow writers, restarts, kill -9, a lamp that changes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { encodePng } from '../src/image/encodeImage.ts';
import type { JournalLine } from '../src/journal/journalLine.ts';
import { verifyJournal } from '../src/journal/verifyJournal.ts';
import type { WatchEvent } from '../src/watch/watchEvent.ts';
import { type PhotographOptions, photograph } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';

const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const SIZE = { width: 64, height: 64 };
const SETTLE_MS = 80;

let root: string;
let folder: string;
let model: string;
const at = (...parts: string[]) => join(folder, ...parts);
const journal = () => at('flawmap-journal.jsonl');

async function png(options: PhotographOptions, light = 1): Promise<Uint8Array> {
  const image = photograph({ ...SIZE, ...options });
  return encodePng({ ...image, data: image.data.map((value) => Math.round(light * value)) });
}

beforeAll(async () => {
  if (!existsSync(main)) throw new Error(`${main} is absent: run npm run build first`);
  root = mkdtempSync(join(tmpdir(), 'flawmap-watch-'));
  mkdirSync(join(root, 'data'));
  for (let i = 0; i < 100; i++) {
    writeFileSync(join(root, 'data', `${1000 + i}.png`), await png({ seed: i }));
  }
  await quickFit({ data: join(root, 'data'), output: join(root, 'fitted.onnx') });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(root, 'in-'));
  model = join(root, 'model.onnx');
  copyFileSync(join(root, 'fitted.onnx'), model);
  rmSync(`${model}.versions`, { recursive: true, force: true });
});

type Told = WatchEvent | ({ readonly event: 'summary' } & Record<string, unknown>);

interface Watch {
  readonly child: ChildProcess;
  readonly events: Told[];
  stderr(): string;
  /** Waits until so many events of a kind were told. */
  until(event: Told['event'], count?: number): Promise<void>;
  /** @returns the exit code */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

function startWatch(...more: string[]): Watch {
  const args = [main, 'watch', folder, model, '--settle', String(SETTLE_MS), '--json', ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const events: Told[] = [];
  let text = '';
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdout!.on('data', (chunk) => {
    const lines = (text + String(chunk)).split('\n');
    text = lines.pop()!;
    events.push(...lines.map((line) => JSON.parse(line) as Told));
  });
  const closed = once(child, 'close');
  return {
    child,
    events,
    stderr: () => stderr,
    async until(event, count = 1) {
      while (events.filter((one) => one.event === event).length < count) {
        if (child.exitCode !== null) throw new Error(`ended before ${event}: ${stderr}`);
        await sleep(10);
      }
    },
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      const [code] = await closed;
      return code as number | null;
    },
  };
}

const journalLines = (): JournalLine[] =>
  readFileSync(journal(), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine);

const imagesOf = (events: readonly Told[]) =>
  events.flatMap((event) => (event.event === 'image' ? [event] : []));

describe('flawmap watch', () => {
  it('judges images once they are whole, in order, and sorts them without overwriting', async () => {
    writeFileSync(at('before.png'), await png({ seed: 300 }));
    mkdirSync(join(folder, 'sorted/anomalous'), { recursive: true });
    writeFileSync(at('sorted/anomalous/slow.png'), 'another');
    const watch = startWatch('--move', at('sorted'));
    await watch.until('started');

    const slow = await png({ seed: 301, flawed: true });
    const part = Math.ceil(slow.length / 6);
    writeFileSync(at('slow.png'), '');
    for (let start = 0; start < slow.length; start += part) {
      appendFileSync(at('slow.png'), slow.subarray(start, start + part));
      await sleep(SETTLE_MS / 2);
    }
    await watch.until('image', 1);
    writeFileSync(at('.hidden.png'), await png({ seed: 302 }));
    renameSync(at('.hidden.png'), at('renamed.png'));
    await watch.until('image', 2);
    mkdirSync(at('deeper'));
    writeFileSync(at('deeper/below.png'), await png({ seed: 303 }));
    await watch.until('image', 3);
    writeFileSync(at('broken.png'), slow.subarray(0, 500));
    writeFileSync(at('notes.txt'), 'no image');
    await watch.until('image', 4);

    expect(await watch.end('SIGINT')).toBe(130);
    const images = imagesOf(watch.events);
    expect(images.map(({ imageName, verdict }) => [imageName, verdict === 'anomalous'])).toEqual([
      [at('slow.png'), true],
      [at('renamed.png'), false],
      [at('deeper/below.png'), false],
      [at('broken.png'), false],
    ]);
    expect(images[0]!.path).toBe(at('sorted/anomalous/slow-1.png'));
    expect(readFileSync(images[0]!.path)).toEqual(Buffer.from(slow));
    expect(readFileSync(at('sorted/anomalous/slow.png'), 'utf8')).toBe('another');
    expect(images[2]!.path).toMatch(/sorted\/[a-z]+\/deeper\/below\.png$/);
    expect(images[3]).toMatchObject({
      ...{ verdict: 'not judged', score: null, path: at('sorted/not-judged/broken.png') },
      reason: expect.stringContaining('broken.png'),
    });
    expect(watch.events.at(-1)).toMatchObject({ event: 'summary', images: 4 });
    expect(journalLines().map(({ hash }) => hash)).toEqual(images.map(({ hash }) => hash));
    expect(await verifyJournal(journal())).toMatchObject({ broken: null, tornBytes: 0, lines: 4 });
    expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toEqual(['before.png']);
  });

  it('goes on after a stop: with what came meanwhile, and with nothing twice', async () => {
    writeFileSync(at('before.png'), await png({ seed: 310 }));
    const first = startWatch('--tag');
    await first.until('started');
    writeFileSync(at('first.png'), await png({ seed: 311 }));
    await first.until('image');
    expect(await first.end('SIGTERM')).toBe(143);
    const tag = JSON.parse(readFileSync(at('first.png.flawmap.json'), 'utf8'));
    expect(tag).toEqual(journalLines()[0]);

    rmSync(at('first.png.flawmap.json'));
    writeFileSync(at('meanwhile.png'), await png({ seed: 312 }));
    const second = startWatch('--tag');
    await second.until('image');
    await second.until('known');
    expect(second.events[0]).toMatchObject({ event: 'started', waiting: 2, ignored: 1 });
    expect(existsSync(at('first.png.flawmap.json'))).toBe(true);
    // The same name with another content is another image.
    writeFileSync(at('first.png'), await png({ seed: 313, flawed: true }));
    await second.until('image', 2);
    await second.end('SIGINT');
    const names = journalLines().map(({ imageName }) => imageName);
    expect(names).toEqual([at('first.png'), at('meanwhile.png'), at('first.png')]);

    const third = startWatch('--existing');
    await third.until('image');
    await third.end('SIGINT');
    expect(imagesOf(third.events).map(({ imageName }) => imageName)).toEqual([at('before.png')]);
  });

  it('loses no image to kill -9, and judges none twice', async () => {
    const images = 60;
    const bytes: Uint8Array[] = [];
    for (let i = 0; i < images; i++) {
      bytes.push(await png({ seed: 400 + i, flawed: i % 5 === 0 }));
    }
    const sorted = join(root, `sorted-${images}`);
    let written = 0;
    let kills = 0;
    while (written < images) {
      const watch = startWatch('--move', sorted);
      await watch.until('started');
      const until = Math.min(images, written + 12);
      for (; written < until; written++) writeFileSync(at(`${written}.png`), bytes[written]!);
      // Somewhere in the midst of them.
      await watch.until('image', 2 + kills);
      await watch.end('SIGKILL');
      kills++;
    }
    expect(kills).toBe(5);
    const last = startWatch('--move', sorted);
    while (readdirSync(folder).some((name) => name.endsWith('.png'))) await sleep(20);
    await last.end('SIGINT');

    expect(await verifyJournal(journal())).toMatchObject({ broken: null, lines: images });
    const names = journalLines().map(({ imageName }) => imageName);
    expect(new Set(names).size).toBe(images);
    const moved = readdirSync(sorted, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.png'),
    );
    expect(moved).toHaveLength(images);
    for (const { imageName, verdict } of journalLines()) {
      const name = imageName.slice(folder.length + 1);
      const place = join(sorted, verdict.replace(' ', '-'), name);
      expect(readFileSync(place), place).toEqual(Buffer.from(bytes[Number.parseInt(name, 10)]!));
    }
  });

  it('says that a lamp has changed, after a restart too, and begins anew once calibrated', async () => {
    const shown = join(folder, '.good');
    mkdirSync(shown);
    const first = startWatch();
    await first.until('started');
    for (let i = 0; i < 30; i++) writeFileSync(at(`a${i}.png`), await png({ seed: 500 + i }));
    await first.until('image', 30);
    const dim = (i: number) => png({ seed: 600 + i }, 0.8);
    let count = 0;
    while (!first.events.some(({ event }) => event === 'conditions')) {
      expect(count).toBeLessThan(15);
      writeFileSync(at(`b${count}.png`), await dim(count));
      await first.until('image', 31 + count++);
      // What is told of an image follows it at once.
      await sleep(20);
    }
    const alarm = first.events.find(({ event }) => event === 'conditions');
    expect(alarm).toMatchObject({
      goodImagesNeeded: 39,
      sentence: expect.stringMatching(/changed since \d\d:\d\d \(.* SD\).*show me 39 good images$/),
    });
    await first.end('SIGINT');

    const second = startWatch();
    await second.until('started');
    const { conditions } = second.events[0] as Extract<WatchEvent, { event: 'started' }>;
    expect(conditions.alarm).toMatchObject({ descriptor: expect.any(String) });
    expect(conditions.images).toBe(30 + count);
    for (let i = 0; i < 39; i++) writeFileSync(join(shown, `${i}.png`), await dim(100 + i));
    const update = spawn(process.execPath, [main, 'recalibrate', model, shown, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    update.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    await once(update, 'close');
    expect(JSON.parse(text)).toMatchObject({ rule: 'conformal' });
    expect(JSON.parse(text).after.promisedFpr).toBeLessThanOrEqual(0.05);

    await second.until('model');
    for (let i = 0; i < 20; i++) writeFileSync(at(`c${i}.png`), await dim(200 + i));
    await second.until('image', 20);
    await second.end('SIGINT');
    expect(second.events.filter(({ event }) => event === 'conditions')).toEqual([]);
    const models = new Set(journalLines().map(({ modelSha256 }) => modelSha256));
    expect(models.size).toBe(2);
  });

  it('keeps its model while a new one cannot be read, and ends when the folder is gone', async () => {
    const watch = startWatch('--journal', join(root, 'aside.jsonl'));
    await watch.until('started');
    writeFileSync(model, 'half of a model');
    await watch.until('model refused');
    writeFileSync(at('a.png'), await png({ seed: 700 }));
    await watch.until('image');
    rmSync(folder, { recursive: true });
    expect(await watch.end()).toBe(3);
    expect(watch.stderr()).toContain(`${folder} cannot be watched`);
    expect(watch.events.at(-1)).toMatchObject({ event: 'summary', images: 1 });
  });

  it('refuses a second watch of the same journal, and a folder that is not there', async () => {
    const watch = startWatch();
    await watch.until('started');
    const second = startWatch();
    expect(await second.end()).toBe(3);
    expect(second.stderr()).toContain('somebody else is writing to the journal');
    await watch.end('SIGINT');
    rmSync(folder, { recursive: true });
    const third = startWatch();
    expect(await third.end()).toBe(3);
    expect(third.stderr()).toContain('nothing there');
  });
});
