/** What the facts mean for someone who wants to use flawmap here. */
import { formatBytes } from '../quantities.ts';
import type { BackboneFact, Facts } from './facts.ts';

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
    { subject: 'platform', status: 'ok', found: Object.values(facts.platform).join(' ') },
    runtime(facts),
    devices(facts),
    decoder(facts),
    { subject: 'cores', status: 'ok', found: String(facts.cores) },
    memory(facts),
    cache(facts),
    ...facts.backbones.map(backbone),
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

const REINSTALL =
  'install flawmap again on this machine (npm ci, or npm install flawmap); node_modules of another platform do not work';

function runtime({ runtime: info }: Facts): Finding {
  const subject = 'onnxruntime';
  if (!info.works) return { subject, status: 'problem', found: info.reason, remedy: REINSTALL };
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
    : { subject, status: 'problem', found: info.reason, remedy: REINSTALL };
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
