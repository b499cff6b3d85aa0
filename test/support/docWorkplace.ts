/**
 * A folder where the documentation's commands work as they stand: everything that they name is there,
 * painted small. Commands run in a shell of their own, with this build's flawmap.
 */
import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './markdown.ts';
import { categoryFiles, photographPng } from './photographs.ts';
import { SMALL_STUDY } from './smallStudy.ts';

export interface Workplace {
  readonly folder: string;
  /** A line of a script to its end. */
  run(line: string): Promise<Ended>;
  /** Starts a line that goes on until it is told to stop; ready when `isReady` says so of its output. */
  start(line: string, isReady: (said: string) => boolean): Promise<Running>;
  remove(): void;
}

export interface Ended {
  readonly exitCode: number;
  readonly said: string;
}

export interface Running {
  readonly said: () => string;
  stop(): Promise<Ended>;
}

/** Makes what all documents' workplaces are copied from: seconds of painting and fitting. */
export async function makeWorkplaces(): Promise<{
  /** For a document, by its file. */
  readonly open: (file: string) => Promise<Workplace>;
  readonly remove: () => void;
}> {
  const root = mkdtempSync(join(tmpdir(), 'flawmap-docs-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  writeProgram(join(root, 'bin'));
  const template = join(root, 'template');
  mkdirSync(template);
  const first = workplaceAt(template, root);
  try {
    await layOut(template);
    const fit = 'flawmap fit data --category bottle -o bottle.onnx';
    const { exitCode, said } = await first.run(fit);
    if (exitCode !== 0) throw new Error(`${fit} ended with ${exitCode}:\n${said}`);
    for (const copy of ['zipper.onnx', 'hazelnut.onnx', 'OLD.onnx']) {
      cpSync(join(template, 'bottle.onnx'), join(template, copy));
    }
  } catch (error) {
    remove();
    throw error;
  }
  return {
    async open(file) {
      const folder = join(root, file.replaceAll(/\W/g, '-'));
      cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
      if (file === 'docs/large-images.md') await enlarge(join(folder, 'photos'));
      return workplaceAt(folder, root);
    },
    remove,
  };
}

/** `flawmap` and `npx flawmap`. */
function writeProgram(bin: string): void {
  mkdirSync(bin);
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const program = `exec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(bin, 'flawmap'), `#!/bin/sh\n${program}`, { mode: 0o755 });
  const npx = `[ "$1" = flawmap ] || exit 127\nshift\n${program}`;
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\n${npx}`, { mode: 0o755 });
}

async function layOut(folder: string): Promise<void> {
  const at = (...parts: string[]) => join(folder, ...parts);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  };
  const categories = ['bottle', 'hazelnut', 'mvtec/carpet', 'mvtec/hazelnut', 'mvtec/zipper'];
  for (const [path, bytes] of Object.entries(
    await categoryFiles({ train: 24, good: 5, flawed: 5 }),
  )) {
    for (const category of categories) write(`data/${category}/${path}`, bytes);
    if (path.startsWith('train')) write(path.replace('train', 'photos'), bytes);
    if (path.startsWith('test')) write(path.replace('test', 'golden'), bytes);
  }
  const good = await photographPng({ seed: 3000 });
  const flawed = await photographPng({ seed: 4000, flawed: true });
  write('photos/0001.png', good);
  for (const name of ['photo.png', 'photo.jpg', '1.png', '2.png']) write(name, good);
  for (let i = 0; i < 40; i++) {
    const image = await photographPng({ seed: 5000 + i });
    write(`photos/new-lamp/${i}.png`, image);
    write(`good-ones/${i}.png`, image);
    if (i < 20) write(`labels/good/${i}.png`, await photographPng({ seed: 6000 + i }));
    if (i < 5)
      write(`labels/flawed/${i}.png`, await photographPng({ seed: 7000 + i, flawed: true }));
  }
  mkdirSync(at('incoming'));
  write('mine.yaml', SMALL_STUDY);
  write('VisA_20220922/split_csv/1cls.csv', VISA_TABLE);
  for (const image of ['Normal/0.png', 'Normal/1.png']) {
    write(`VisA_20220922/candle/Data/Images/${image}`, good);
  }
  write('VisA_20220922/candle/Data/Images/Anomaly/2.png', flawed);
  for (const name of readdirSync(join(ROOT, 'configs'))) {
    write(`configs/${name}`, readFileSync(join(ROOT, 'configs', name)));
  }
  // Painted images take a while, and a dry run paints them.
  write('configs/demo.yaml', SMALL_STUDY);
  mkdirSync(at('node_modules'));
  symlinkSync(ROOT, at('node_modules', 'flawmap'));
}

/** In their place a few photographs that hold a tile of 512 pixels with its halo. */
async function enlarge(photos: string): Promise<void> {
  rmSync(photos, { recursive: true });
  mkdirSync(join(photos, 'good'), { recursive: true });
  for (let seed = 0; seed < 5; seed++) {
    const image = await photographPng({ seed, width: 640, height: 640 });
    writeFileSync(join(photos, 'good', `${seed}.png`), image);
  }
}

const VISA_TABLE = `object,split,label,image,mask
candle,train,normal,candle/Data/Images/Normal/0.png,
candle,test,normal,candle/Data/Images/Normal/1.png,
candle,test,anomaly,candle/Data/Images/Anomaly/2.png,
`;

function workplaceAt(folder: string, root: string): Workplace {
  const { FLAWMAP_TOKEN: _, FLAWMAP_SHARED: __, ...rest } = process.env;
  const env = {
    ...rest,
    PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    HOME: join(root, 'home'),
    FLAWMAP_CACHE: join(root, 'cache'),
    NO_COLOR: '1',
  };
  const shell = ['-euo', 'pipefail', '-c'];
  return {
    folder,
    run: (line) =>
      new Promise((resolve) => {
        execFile(
          'bash',
          [...shell, line],
          { cwd: folder, env, timeout: 120_000, maxBuffer: 64e6 },
          (error, stdout, stderr) => {
            const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
            resolve({ exitCode, said: stdout + stderr });
          },
        );
      }),
    async start(line, isReady) {
      const child = spawn('bash', [...shell, `exec ${line}`], { cwd: folder, env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (piece) => (said += piece));
      }
      const ended = new Promise<Ended>((resolve) => {
        child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, said }));
      });
      const running: Running = {
        said: () => said,
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      };
      const deadline = Date.now() + 60_000;
      while (!isReady(said)) {
        if (child.exitCode !== null || Date.now() > deadline) {
          await running.stop();
          throw new Error(`${line} is not ready:\n${said}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return running;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The hash of a journal's last whole line, which answers and overrides go by; empty where there is none. */
export function lastHash(journal: string): string {
  if (!existsSync(journal)) return '';
  const last = readFileSync(journal, 'utf8').split('\n').at(-2);
  return last === undefined ? '' : (JSON.parse(last) as { readonly hash: string }).hash;
}
