import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { Random } from '../../../src/core/random.ts';
import { openRun } from '../../../src/report/openRun.ts';
import { writeReport } from '../../../src/report/writeReport.ts';
import { pictureIndexSchema } from '../../../src/result/pictures.ts';
import { resultSchema } from '../../../src/result/result.ts';
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
  cases: 24,
  megabytes: 900,
  // All figures and tables, with progress: no matter of a moment.
  seconds: 60,
  async prepare() {
    const full = fullResult();
    const picture = Buffer.from(await photographPng({ seed: 1, width: 16, height: 16 }));
    return {
      make(random, place) {
        const pictures = picturesOf(full);
        const strings = [...MARKUP, ...hostileNames(place)];
        const run = join(place.input, 'run');
        mkdirSync(join(run, 'pictures'), { recursive: true });
        writeFileSync(
          join(run, 'result.json'),
          JSON.stringify(sameShape(random, full, resultSchema, strings)),
        );
        const list = JSON.stringify(sameShape(random, pictures, pictureIndexSchema, strings));
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

const CHANGES = 20;

/** A document with a few texts and numbers replaced by others that its schema takes. */
function sameShape(
  random: Random,
  document: object,
  schema: z.ZodType,
  strings: readonly string[],
): unknown {
  const changed = structuredClone(document);
  const leaves = leavesOf(changed);
  for (let i = 0; i < CHANGES; i++) {
    const [holder, key] = random.pick(leaves);
    const before = holder[key];
    holder[key] = random.pick<unknown>(typeof before === 'string' ? strings : NUMBERS);
    if (!schema.safeParse(changed).success) holder[key] = before;
  }
  return changed;
}

type Leaf = readonly [holder: Record<string, unknown>, key: string];

function leavesOf(value: object): Leaf[] {
  const holder = value as Record<string, unknown>;
  return Object.keys(value).flatMap((key): Leaf[] => {
    const inner = holder[key];
    if (typeof inner === 'object') return inner === null ? [] : leavesOf(inner);
    return [[holder, key]];
  });
}
