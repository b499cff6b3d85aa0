import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRun } from '../../../src/report/openRun.ts';
import { studyResult } from '../../../test/support/studyResult.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { fullResult, picturesOf } from '../reportCorpus.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

/** One case in so many starts from a whole study, which takes longer. */
const WHOLE_EVERY = 40;

export const resultTarget: FuzzTarget = {
  name: 'results',
  what: 'result.json and pictures.json, opened for `report`',
  cases: 4_000,
  megabytes: 300,
  async prepare() {
    const full = fullResult();
    const small = studyResult();
    return {
      make(random, place) {
        const whole = random.integer(WHOLE_EVERY) === 0;
        const document = whole ? full : small;
        const write = (name: string, value: unknown, change: boolean) => {
          const hostile = change ? mutateDocument(random, value, strangers(place)) : value;
          const text = Buffer.from(`${JSON.stringify(hostile)}\n`);
          const damaged = change && random.next() < 0.3 ? mutateBytes(random, text, [text]) : text;
          writeFileSync(join(place.input, name), damaged);
        };
        const inPictures = random.next() < 0.5;
        write('result.json', document, !inPictures);
        mkdirSync(join(place.input, 'pictures'));
        write('pictures/pictures.json', picturesOf(full), inPictures);
      },
      async run({ input }) {
        await openRun(input);
        return undefined;
      },
    };
  },
};
