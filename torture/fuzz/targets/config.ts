import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Random } from '../../../src/core/random.ts';
import { readConfig } from '../../../src/study/config/readConfig.ts';
import { SMALL_STUDY } from '../../../test/support/smallStudy.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { ROOT } from '../root.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

export const configTarget: FuzzTarget = {
  name: 'config',
  what: 'YAML configurations of studies: aliases, prototype keys, types',
  cases: 3_000,
  megabytes: 300,
  async prepare() {
    const texts = [
      SMALL_STUDY,
      ...['demo.yaml', 'shared.yaml', 'study.yaml'].map((name) =>
        readFileSync(join(ROOT, 'configs', name), 'utf8'),
      ),
    ];
    const bytes = texts.map((text) => Buffer.from(text));
    const documents = texts.map((text) => parse(text) as unknown);
    return {
      make(random, place) {
        const kind = random.integer(10);
        const text = () => {
          if (kind < 4) return mutateBytes(random, random.pick(bytes), bytes);
          if (kind === 4) return bomb(random);
          const changed = mutateDocument(random, random.pick(documents), strangers(place));
          return kind < 8 ? yamlOf(changed) : JSON.stringify(changed);
        };
        writeFileSync(join(place.input, 'study.yaml'), text());
      },
      async run({ input }) {
        await readConfig(join(input, 'study.yaml'));
        return undefined;
      },
    };
  },
};

/** YAML is JSON as well; its writer gives up where a document is very deep. */
function yamlOf(document: unknown): string {
  try {
    return stringify(document, { aliasDuplicateObjects: false });
  } catch {
    return JSON.stringify(document);
  }
}

/** Much from little: aliases of aliases, keys that merge, depth, tags, numbers without an end. */
function bomb(random: Random): string {
  const levels = 2 + random.integer(30);
  switch (random.integer(7)) {
    case 0:
      return `a0: &a0 [x, x]\n${Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`).join('')}seed: *a${levels}\n`;
    case 1:
      return `base: &b { seed: 1 }\n${'<<: *b\n'.repeat(levels)}seed: &s [*s]\n`;
    case 2:
      return `seed: ${'['.repeat(levels ** 3)}\n`;
    case 3:
      return `${Array.from({ length: levels }, (_, i) => `${'  '.repeat(i)}a:\n`).join('')}`;
    case 4:
      return `__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\nseed: !!js/function "x"\n? [a, b]\n: c\n`;
    case 5:
      return `seed: ${'9'.repeat(levels ** 3)}\nname: !!binary "${'A'.repeat(levels)}"\n`;
    default:
      return `${'- '.repeat(levels ** 3)}x\n`;
  }
}
