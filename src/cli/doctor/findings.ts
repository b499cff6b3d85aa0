/** What the facts mean for someone who wants to use flawmap here. */
import { TUNABLES } from '../../core/hugePages.ts';
import { formatBytes } from '../quantities.ts';
import type { BackboneFact, Facts } from './facts.ts';
import type { ProgramFact } from './machine.ts';

export interface Finding {
  readonly subject: string;
  /** A problem keeps part of flawmap from working; a warning may. */
  readonly status: 'ok' | 'warning' | 'problem';
  readonly found: string;
  readonly remedy?: string;
}

/** As in package.json. */
const OLDEST_NODE = [20, 19] as const;
/** Fitting some 200 images takes up to 1.5 GB. */
const ENOUGH_MEMORY = 2e9;
/** The largest backbone takes 0.3 GB. */
const ENOUGH_DISK = 1e9;

export function judge(facts: Facts): Finding[] {
  return [
    { subject: 'flawmap', status: 'ok', found: facts.flawmap },
    node(facts),
    platform(facts),
    runtime(facts),
    devices(facts),
    decoder(facts),
    { subject: 'cores', status: 'ok', found: String(facts.cores) },
    memory(facts),
    hugePages(facts),
    cache(facts),
    temporary(facts),
    clock(facts),
    fonts(facts),
    ...facts.backbones.map(backbone),
    ...facts.programs.map(program),
    terminal(facts),
  ];
}

function node({ node: version }: Facts): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return ok
    ? { subject: 'Node.js', status: 'ok', found: version }
    : {
        subject: 'Node.js',
        status: 'problem',
        found: version,
        remedy: `install Node.js ${OLDEST_NODE.join('.')} or newer`,
      };
}

/** As onnxruntime-node 1.30 is built for. */
const PLATFORMS = ['linux x64', 'linux arm64', 'darwin arm64', 'win32 x64', 'win32 arm64'];

function platform({ platform: { os, release, arch }, libc }: Facts): Finding {
  const subject = 'platform';
  const found = [os, release, arch, ...(libc === null ? [] : [libc])].join(' ');
  if (!PLATFORMS.includes(`${os} ${arch}`)) {
    const remedy = `use a machine or a Node.js of one of these: ${PLATFORMS.join(', ')}`;
    return { subject, status: 'problem', found, remedy };
  }
  if (os === 'linux' && libc !== null && !libc.startsWith('glibc')) {
    const remedy = 'use a system with glibc, such as Debian: onnxruntime is not built for Alpine';
    return { subject, status: 'problem', found, remedy };
  }
  return { subject, status: 'ok', found };
}

const REINSTALL =
  'install flawmap again on this machine (npm ci, or npm install flawmap); node_modules of another platform do not work';

/** What to do about a native library that does not load, by what the system says. */
const LIBRARY_REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/GLIBC(?:XX)?_[\d.]+/, "use a newer system: this one's C or C++ library is too old for it"],
  [
    /invalid ELF header|wrong architecture|not a valid Win32|incompatible architecture/i,
    'remove node_modules and install again here: they are of another platform',
  ],
  [
    /Could not load the "sharp" module|libvips|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|cannot open shared object/i,
    'install again with its optional packages, which hold the libraries: npm install --include=optional',
  ],
  [/EACCES|permission denied/i, 'give yourself the right to read the installation'],
  [/cannot allocate memory|ENOMEM/i, 'free memory: there was too little to load the library'],
];

const libraryRemedy = (reason: string): string =>
  LIBRARY_REMEDIES.find(([form]) => form.test(reason))?.[1] ?? REINSTALL;

function runtime({ runtime: info }: Facts): Finding {
  const subject = 'onnxruntime';
  if (!info.works) {
    return { subject, status: 'problem', found: info.reason, remedy: libraryRemedy(info.reason) };
  }
  const found = `${info.version}, built for: ${info.providers.join(', ')}`;
  if (info.providers.includes('cpu')) return { subject, status: 'ok', found };
  return { subject, status: 'problem', found, remedy: REINSTALL };
}

/** The CPU is enough. */
function devices({ devices: states }: Facts): Finding {
  const found = states.map(({ device, works, reason }) =>
    works ? device : `not ${device} (${reason})`,
  );
  return { subject: 'devices', status: 'ok', found: found.join(', ') };
}

function decoder({ decoder: info }: Facts): Finding {
  const subject = 'sharp';
  return info.works
    ? { subject, status: 'ok', found: info.version }
    : { subject, status: 'problem', found: info.reason, remedy: libraryRemedy(info.reason) };
}

function memory({ memory: { total, free } }: Facts): Finding {
  const found = `${formatBytes(total)}, ${formatBytes(free)} free`;
  if (free >= ENOUGH_MEMORY) return { subject: 'memory', status: 'ok', found };
  return {
    subject: 'memory',
    status: 'warning',
    found,
    remedy: `close other programs: fitting may take up to ${formatBytes(ENOUGH_MEMORY)}`,
  };
}

/** Without them all works, only slower. */
function hugePages({ hugePages: { state, canStartAnew } }: Facts): Finding {
  const found = {
    used: 'asked for by the environment',
    own: 'not asked for: GLIBC_TUNABLES says otherwise',
    possible: canStartAnew
      ? 'asked for by the commands that run models'
      : `asked for by workers alone; with a newer Node.js (22.15), or GLIBC_TUNABLES=${TUNABLES}, by all commands`,
    no: 'the system gives them to all programs, or to none',
  };
  return { subject: 'huge pages', status: 'ok', found: found[state] };
}

function cache({ cache: { path, writable, freeBytes } }: Facts): Finding {
  const subject = 'cache folder';
  const found = `${path}, ${freeBytes === null ? 'free space unknown' : `${formatBytes(freeBytes)} free`}`;
  if (!writable) {
    return {
      subject,
      status: 'problem',
      found: `${path}, not writable`,
      remedy: 'set FLAWMAP_CACHE to a folder you may write to',
    };
  }
  if (freeBytes !== null && freeBytes < ENOUGH_DISK) {
    const remedy = 'free some space, or set FLAWMAP_CACHE to a folder on another disk';
    return { subject, status: 'warning', found, remedy };
  }
  return { subject, status: 'ok', found };
}

/** `serve`, pages and archives put files there for a while. */
function temporary({ temporary: { path, writable, freeBytes } }: Facts): Finding {
  const subject = 'temporary files';
  const free = freeBytes === null ? 'free space unknown' : `${formatBytes(freeBytes)} free`;
  const found = writable ? `${path}, ${free}` : `${path}, not writable`;
  const remedy = 'set TMPDIR to a folder with room that you may write to';
  if (!writable) return { subject, status: 'problem', found, remedy };
  if (freeBytes !== null && freeBytes < ENOUGH_DISK) {
    return { subject, status: 'warning', found, remedy: `free some space, or ${remedy}` };
  }
  return { subject, status: 'ok', found };
}

/** No flawmap is older. */
const FIRST_DAY = Date.parse('2026-11-24T00:00:00Z');
const DAY = 86_400_000;

/** Journals carry its time, and https and S3 refuse who is far off. */
function clock({ clock: { now, installed } }: Facts): Finding {
  const subject = 'clock';
  const time = Date.parse(now);
  const goneBack = installed !== null && time < Date.parse(installed) - DAY;
  if (time >= FIRST_DAY && !goneBack) return { subject, status: 'ok', found: now };
  return {
    subject,
    status: 'warning',
    found: goneBack ? `${now}, before flawmap was installed (${installed})` : now,
    remedy: 'set the clock: journals carry its time, and https and S3 refuse who is far off',
  };
}

function fonts({ fonts: info }: Facts): Finding {
  const subject = 'fonts';
  return info.works
    ? { subject, status: 'ok', found: info.path }
    : {
        subject,
        status: 'warning',
        found: info.reason,
        remedy: `for reports as PDF or PNG, ${REINSTALL}`,
      };
}

/** Absent programs are no fault: only some work needs them. */
function program({ name, path, purpose }: ProgramFact): Finding {
  const found = path ?? `not here (optional: needed for ${purpose})`;
  return { subject: name, status: 'ok', found };
}

/** Absent files are no fault: the default backbone needs none. */
function backbone({ name, path, state, detail }: BackboneFact): Finding {
  const subject = `backbone ${name}`;
  if (state === 'built in') return { subject, status: 'ok', found: 'built in' };
  if (state === 'here') return { subject, status: 'ok', found: `${path}, ${detail}` };
  if (state === 'absent') return { subject, status: 'ok', found: `not here (optional); ${detail}` };
  return { subject, status: 'problem', found: `${path} has the wrong hash`, remedy: detail };
}

function terminal({ terminal: { stdout, stderr, columns, colour } }: Facts): Finding {
  const found = [
    `stdout ${stdout ? `is a terminal of ${columns ?? '?'} columns` : 'is no terminal'}`,
    `progress as ${stderr ? 'bars' : 'lines'}`,
    colour ? 'colours' : 'no colours',
  ];
  return { subject: 'terminal', status: 'ok', found: found.join(', ') };
}
