import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../src/core/random.ts';
import { unpackTarXz } from '../../../src/data/unpackTarXz.ts';
import { archiveBytes } from '../../../test/fixtures/tarXz.ts';
import { mutateBytes } from '../mutate.ts';
import { hostileNames } from '../strangers.ts';
import type { FuzzTarget, Place } from '../target.ts';
import { storeXz } from '../xz.ts';

/** File, hard link, symbolic link, devices, folder, pipe, contiguous file, PAX and GNU headers. */
const TYPES = [
  '0',
  '\0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  'x',
  'g',
  'L',
  'K',
  'S',
  'D',
  'N',
  'z',
];
const PLAIN = ['bottle/', 'bottle/a.png', 'bottle/train/good/0.png', 'bottle', 'cable/a.png'];

export const tarTarget: FuzzTarget = {
  name: 'tar',
  what: 'tar archives: names that lead out, links, devices, sizes, damage',
  cases: 3_500,
  megabytes: 300,
  async prepare() {
    const corpus = [
      archiveBytes('twoCategories'),
      storeXz(Buffer.concat([entry('bottle/a.png', '0', Buffer.from('a')), Buffer.alloc(1024)])),
    ];
    return {
      make(random, place) {
        const bytes =
          random.next() < 0.3
            ? mutateBytes(random, random.pick(corpus), corpus)
            : archive(random, place);
        writeFileSync(join(place.input, 'data.tar.xz'), bytes);
      },
      async run({ input, output }) {
        await unpackTarXz({ archive: join(input, 'data.tar.xz'), to: output, only: ['bottle'] });
        const strange = readdirSync(output, { recursive: true, encoding: 'utf8' }).find((name) => {
          const found = lstatSync(join(output, name));
          return !(found.isFile() || found.isDirectory()) || found.mode & 0o7022;
        });
        return strange === undefined ? undefined : `unpacked ${strange}, which is no plain file`;
      },
    };
  },
};

function archive(random: Random, place: Place): Buffer {
  const names = [
    ...PLAIN,
    ...PLAIN,
    ...hostileNames(place),
    ...hostileNames(place).map((name) => `bottle/${name}`),
  ];
  const entries = Array.from({ length: 1 + random.integer(5) }, () => {
    const type = random.next() < 0.6 ? '0' : random.pick(TYPES);
    const body = Buffer.from(
      random.pick(['', 'a', '22 path=../../outside/x\n', '20 size=99999999999\n', 'x'.repeat(700)]),
    );
    return entry(random.pick(names), type, body, random, random.pick(names));
  });
  const tar = Buffer.concat([...entries, Buffer.alloc(random.pick([0, 512, 1024]))]);
  const damaged = random.next() < 0.2 ? mutateBytes(random, tar, [tar]) : tar;
  const packed = storeXz(damaged, random.next() < 0.05 ? random.integer(64) : 22);
  return random.next() < 0.1 ? packed.subarray(0, random.integer(packed.length)) : packed;
}

function entry(name: string, type: string, body: Buffer, random?: Random, link = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write(
    random?.next() === undefined || random.next() < 0.8 ? '0000644\0' : '0007777\0',
    100,
  );
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  const lies = random !== undefined && random.next() < 0.1;
  const size = lies ? random.pick([2 ** 33 - 1, 1e6, 513]) : body.length;
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  // A size in the binary form, which reaches further than any disk.
  if (lies && random.next() < 0.3)
    header.set([0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 124);
  header.write('00000000000\0', 136);
  header.write(type, 156, 'latin1');
  header.write(link.slice(0, 100), 157);
  header.write('ustar\x0000', 257);
  if (name.length > 100) header.write(name.slice(100, 255), 345);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}
