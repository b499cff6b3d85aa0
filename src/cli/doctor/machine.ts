/** What the machine itself has to offer, as far as `flawmap doctor` asks. */
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ClockFact {
  /** ISO 8601 */
  readonly now: string;
  /** When the program's files came here, by the clock of then; null where the system does not tell. */
  readonly installed: string | null;
}

export function clockFact(now: Date = new Date()): ClockFact {
  const own = fileURLToPath(new URL('../../../package.json', import.meta.url));
  const changed = statSync(own, { throwIfNoEntry: false })?.ctime.toISOString();
  return { now: now.toISOString(), installed: changed ?? null };
}

/** `glibc 2.36`; `another C library` on Linux without glibc, such as Alpine's musl; else null. */
export function libcFact(): string | null {
  if (process.platform !== 'linux') return null;
  const { header } = process.report.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  const glibc = header.glibcVersionRuntime;
  return glibc === undefined ? 'another C library' : `glibc ${glibc}`;
}

/** The fonts of the paper and of charts as PNG, which are installed with flawmap. */
export function findFonts(): { readonly path: string } {
  const { resolve } = createRequire(import.meta.url);
  const font = '@expo-google-fonts/libertinus-serif/400Regular/LibertinusSerif_400Regular.ttf';
  return { path: resolve(font) };
}

export interface ProgramFact {
  readonly name: string;
  /** Null where it is not there. */
  readonly path: string | null;
  /** Who needs it. */
  readonly purpose: string;
}

/** Programs that only some work needs. */
export const programFacts = (): ProgramFact[] => [
  {
    name: 'redis-server',
    path: findProgram('redis-server', process.env.REDIS_SERVER_PATH),
    purpose: 'study --queue, on one machine of all',
  },
  {
    name: 'chromium',
    path: findProgram('chromium', process.env.CHROMIUM_PATH),
    purpose: "flawmap's own tests of pages",
  },
];

function findProgram(name: string, given: string | undefined): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = given === undefined ? folders.map((folder) => join(folder, name)) : [given];
  return places.find((place) => existsSync(place)) ?? null;
}
