import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../../src/core/random.ts';
import { openRun } from '../../../src/report/openRun.ts';
import { writeReport } from '../../../src/report/writeReport.ts';
import { photographPng } from '../../../test/support/photographs.ts';
import { mutateBytes } from '../mutate.ts';
import { fullResult, picturesOf } from '../reportCorpus.ts';
import { hostileNames } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '#read("/etc/passwd")',
  '$x$ \\input{/etc/passwd}',
  '=cmd|calc',
  ']]>',
  '&amp;',
  '\u0000',
];
const NUMBERS = [0, -1, 1, 1e308, -1e308, 5e-324, 2 ** 53];

export const reportTarget: FuzzTarget = {
  name: 'reports',
  what: 'whole reports of hostile result documents',
  cases: 60,
  megabytes: 900,
  async prepare() {
    const full = fullResult();
    const picture = Buffer.from(await photographPng({ seed: 1, width: 16, height: 16 }));
    return {
      make(random, place) {
        const pictures = picturesOf(full);
        const strings = [...MARKUP, ...hostileNames(place)];
        const run = join(place.input, 'run');
        mkdirSync(join(run, 'pictures'), { recursive: true });
        writeFileSync(join(run, 'result.json'), JSON.stringify(sameShape(random, full, strings)));
        const list = JSON.stringify(sameShape(random, pictures, strings));
        writeFileSync(join(run, 'pictures', 'pictures.json'), list);
        for (const { image } of pictures.pictures) {
          const path = join(run, image);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(
            path,
            random.next() < 0.5 ? picture : mutateBytes(random, picture, [picture]),
          );
        }
        writeFileSync(join(place.input, 'format'), random.pick(['html', 'tables', 'pdf']));
      },
      async run({ input, output }) {
        const format = readFileSync(join(input, 'format'), 'utf8') as 'html' | 'tables' | 'pdf';
        const run = await openRun(join(input, 'run'));
        await writeReport(run, { formats: [format], out: output });
        if (format !== 'html') return undefined;
        const page = readFileSync(join(output, 'report.html'), 'utf8');
        const unescaped = MARKUP.slice(0, 2).find((text) => page.includes(text));
        return unescaped === undefined
          ? undefined
          : `markup of the document is in the page: ${unescaped}`;
      },
    };
  },
};

/** A document that its schema takes, with a few texts and numbers replaced by others. */
function sameShape(random: Random, document: unknown, strings: readonly string[]): unknown {
  // About this many of all its values.
  const share = random.pick([0.0005, 0.005]);
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return random.next() < share ? random.pick(strings) : value;
    if (typeof value === 'number') {
      if (random.next() >= share) return value;
      const other = random.pick(NUMBERS);
      return Number.isInteger(value) ? Math.round(Math.min(other, 2 ** 31)) : other;
    }
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]));
  };
  return change(document);
}
