import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from './support/shared.ts';

const dist = resolve(import.meta.dirname, '..', 'dist', 'cli');
const main = join(dist, 'main.js');

let folder: string;
let cache: string;

beforeAll(() => {
  if (!existsSync(main)) throw new Error(`${main} is absent: run npm run build first`);
  folder = mkdtempSync(join(tmpdir(), 'flawmap-system-'));
  cache = join(folder, 'cache');
  writeFileSync(join(folder, 'own.mjs'), OWN_COMMANDS);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function flawmap(args: string, environment: NodeJS.ProcessEnv = {}) {
  const env = { PATH: process.env.PATH, FLAWMAP_CACHE: cache, ...environment };
  return spawnSync(process.execPath, [main, ...args.split(' ')], { encoding: 'utf8', env });
}

describe('flawmap', () => {
  it('prints help and version to stdout', () => {
    const help = flawmap('--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    for (const word of ['backbone', 'doctor', 'Exit codes', 'FLAWMAP_CACHE']) {
      expect(help.stdout).toContain(word);
    }
    expect(flawmap('backbone pull --help').stdout).toContain('Examples:\n  flawmap backbone pull');
    expect(flawmap('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('refuses an unknown command with a suggestion and exit code 2', () => {
    const { status, stdout, stderr } = flawmap('docter');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('did you mean doctor?');
  });

  it.each(['backbone list', 'doctor'])('prints exactly one JSON document for %s', (command) => {
    const { status, stdout, stderr } = flawmap(`${command} --json`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.keys(JSON.parse(stdout)).length).toBeGreaterThan(1);
    expect(flawmap(command).stdout).not.toContain('\x1b[');
  });

  it('lets onnxruntime report nothing: no id of this machine, no notes on its use', () => {
    const home = join(folder, 'home');
    const temporary = join(folder, 'temporary');
    for (const own of [home, temporary]) mkdirSync(own);
    const session = pathToFileURL(resolve(dist, '..', 'tensor', 'session', 'session.js'));
    const script = `import { openSession } from '${session}';
      console.log(await openSession(new Uint8Array(1)).catch((error) => error.kind));`;
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: temporary };
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    // onnxruntime has looked at the model and refused it.
    expect(stdout).toBe('input\n');
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('lists the backbones with licence, size, hash and source', () => {
    const { stdout } = flawmap('backbone list');
    expect(stdout).toMatch(/^resnet18 +resnet +BSD-3-Clause +46\.8 MB/m);
    expect(stdout).toContain('694f673df6520a3158624e8a89af086f59923ee4cd7436fe5bc3bc71d295ad81');
    expect(stdout).toContain('sha256: not known');
    expect(stdout).toContain(join(cache, 'backbones'));
  });

  it('says where a file without an address belongs, with exit code 4', () => {
    const { status, stdout, stderr } = flawmap('backbone pull resnet50-v2 --json');
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr).toContain(join(cache, 'backbones', 'resnet50-v2-imagenet-layers1-3.onnx'));
  });

  it('finds a wrong file in the cache: pull ends with 3, doctor with 1', () => {
    const own = join(folder, 'wrong');
    mkdirSync(join(own, 'backbones'), { recursive: true });
    writeFileSync(join(own, 'backbones', 'resnet18.tv_in1k.safetensors'), 'no weights');
    expect(flawmap('backbone pull resnet18', { FLAWMAP_CACHE: own }).status).toBe(3);
    const doctor = flawmap('doctor', { FLAWMAP_CACHE: own });
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toMatch(/^problem +backbone resnet18 .*wrong hash/m);
  });

  it('doctor makes no folder', () => {
    expect(flawmap('doctor').status).toBe(0);
    expect(existsSync(cache)).toBe(false);
  });

  it('doctor works without a home, and sees the libraries work', () => {
    const { stdout, stderr } = flawmap('doctor --json', { FLAWMAP_CACHE: undefined });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      runtime: { works: true, providers: expect.arrayContaining(['cpu']) },
      decoder: { works: true },
    });
  });
});

describeWithShared('flawmap with a backbone placed by hand', () => {
  it('accepts it and prints its path', async () => {
    const own = join(folder, 'placed');
    const name = 'resnet50-v2-imagenet-layers1-3.onnx';
    mkdirSync(join(own, 'backbones'), { recursive: true });
    await copyFile(sharedPath('weights', name), join(own, 'backbones', name));
    const pull = flawmap('backbone pull resnet50-v2 --quiet', { FLAWMAP_CACHE: own });
    const stdout = `${join(own, 'backbones', name)}\n`;
    expect(pull).toMatchObject({ status: 0, stdout, stderr: '' });
  });
});

// The real program with commands of our own, which take as long as a test needs.
const OWN_COMMANDS = `
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeAtomic } from ${JSON.stringify(pathToFileURL(join(dist, '..', 'core', 'atomicFile.js')).href)};
import { startCli } from ${JSON.stringify(pathToFileURL(join(dist, 'startCli.js')).href)};

const command = (name, run) => ({
  name, run, summary: name, json: false, examples: [{ command: name, explanation: name }],
});
const halfAFile = (work) => writeAtomic('out.bin', async (partial) => {
  writeFileSync(partial, 'half');
  process.stderr.write('ready\\n');
  await work();
});
await startCli([
  command('heed', ({ control }) => halfAFile(async () => {
    for (;;) {
      control.signal.throwIfAborted();
      await sleep(10);
    }
  })),
  command('ignore', () => halfAFile(() => sleep(60_000))),
  command('chatter', async ({ print }) => {
    for (let i = 0; i < 200_000; i++) {
      print('line ' + i);
      if (i % 100 === 0) await sleep(1);
    }
    return {};
  }),
  command('stray', async () => {
    Promise.reject(new Error('nobody caught this'));
    await sleep(60_000);
  }),
], {});
`;

describe('a running command', () => {
  function start(name: string): { child: ChildProcess; work: string; said: () => string } {
    const work = mkdtempSync(join(folder, `${name}-`));
    const child = spawn(process.execPath, [join(folder, 'own.mjs'), name], { cwd: work });
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    return { child, work, said: () => stderr };
  }

  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((done) => setTimeout(done, 10));
  };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'stops at %s with exit code %d and without half-written files',
    async (name, code) => {
      const { child, work, said } = start('heed');
      await until(() => said().includes('ready'));
      expect(readdirSync(work)).toHaveLength(1);
      child.kill(name);
      const [exitCode] = await once(child, 'close');
      expect(exitCode).toBe(code);
      expect(readdirSync(work)).toEqual([]);
      expect(said()).toBe(
        'ready\nstopping at the next safe point; interrupt again to stop at once\ninterrupted\n',
      );
    },
  );

  it('stops at once at the second Ctrl-C, and cleans up even then', async () => {
    const { child, work, said } = start('ignore');
    await until(() => said().includes('ready'));
    child.kill('SIGINT');
    await until(() => said().includes('interrupt again'));
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(130);
    expect(readdirSync(work)).toEqual([]);
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const { child, said } = start('chatter');
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdout?.destroy();
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(0);
    expect(said()).toBe('');
  });

  it('reports an error nobody caught, with exit code 70', async () => {
    const { child, said } = start('stray');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(70);
    expect(said()).toMatch(/^error: nobody caught this\n.*Please report it/);
  });
});
