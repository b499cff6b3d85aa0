import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../src/core/random.ts';
import { importDataset } from '../../../src/data/import/importDataset.ts';
import { encodeMaskPng } from '../../../src/image/encodeImage.ts';
import { flawMask, photographPng } from '../../../test/support/photographs.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { hostileNames, strangers } from '../strangers.ts';
import type { FuzzTarget, Place } from '../target.ts';
import { addStrangeFile, writeTree } from '../trees.ts';

const COCO = {
  images: [
    { id: 1, file_name: 'a.png', width: 16, height: 12 },
    { id: 2, file_name: 'sub/b.png', width: 16, height: 12 },
  ],
  annotations: [
    { image_id: 1, category_id: 1, segmentation: [[1, 1, 9, 1, 9, 9]], bbox: [1, 1, 8, 8] },
    { image_id: 1, category_id: 2, segmentation: { size: [12, 16], counts: [40, 6, 146] } },
    { image_id: 2, category_id: 1, bbox: [1, 1, 8, 8] },
  ],
  categories: [
    { id: 1, name: 'cut' },
    { id: 2, name: 'hole' },
  ],
};
const LABELME = {
  shapes: [
    {
      label: 'cut',
      points: [
        [1, 1],
        [9, 1],
        [9, 9],
      ],
      shape_type: 'polygon',
    },
    {
      label: 'hole',
      points: [
        [3, 3],
        [5, 5],
      ],
      shape_type: 'circle',
    },
  ],
  imagePath: 'a.png',
  imageWidth: 16,
  imageHeight: 12,
};
const VISA =
  'object,split,label,image,mask\nnut,train,normal,sub/b.png,\nnut,test,anomaly,a.png,m.png\n';

export const importTarget: FuzzTarget = {
  name: 'imports',
  what: '`import`: COCO, labelme, VisA tables, layouts of folders, with hostile names',
  cases: 2_000,
  megabytes: 300,
  async prepare() {
    const image = Buffer.from(await photographPng({ seed: 1, width: 16, height: 12 }));
    const mask = Buffer.from(await encodeMaskPng(flawMask(16, 12)));
    return {
      make(random, place) {
        const root = join(place.input, 'source');
        mkdirSync(root);
        writeTree(root, layout(random, place, image, mask));
        const strange = [
          'a.json',
          'sub',
          'c.png',
          'split_csv/1cls.csv',
          'train/good/x.png',
          'm.png',
        ];
        if (random.next() < 0.2) addStrangeFile(random, root, random.pick(strange), place);
      },
      async run({ input, output }) {
        await importDataset({
          source: join(input, 'source'),
          out: output,
          format: 'auto',
          link: false,
        });
        return undefined;
      },
    };
  },
};

type Files = Record<string, string | Uint8Array>;

function layout(random: Random, place: Place, image: Buffer, mask: Buffer): Files {
  const json = (document: unknown) => {
    const text = Buffer.from(JSON.stringify(mutateDocument(random, document, strangers(place))));
    return random.next() < 0.1 ? mutateBytes(random, text, [text]) : text;
  };
  const damaged = (bytes: Buffer) =>
    random.next() < 0.1 ? mutateBytes(random, bytes, [image, mask]) : bytes;
  const images = { 'a.png': damaged(image), 'sub/b.png': damaged(image), 'm.png': damaged(mask) };
  switch (random.integer(5)) {
    case 0:
    case 1:
      return { ...images, 'instances_test.json': json(COCO) };
    case 2:
      return {
        ...images,
        'a.json': json(LABELME),
        'sub/b.json': json({ ...LABELME, imagePath: 'b.png' }),
      };
    case 3:
      return { ...images, 'split_csv/1cls.csv': hostileTable(random, place) };
    default:
      return otherLayout(random, damaged, image, mask);
  }
}

function hostileTable(random: Random, place: Place): string | Buffer {
  if (random.next() < 0.3) return mutateBytes(random, Buffer.from(VISA), [Buffer.from(VISA)]);
  const lines = VISA.split('\n').map((line) => line.split(','));
  const line = random.pick(lines.slice(1, 3));
  line[random.integer(line.length)] = random.pick([
    ...hostileNames(place),
    '"',
    '"a""b"',
    ',,,',
    'good',
  ]);
  return lines.map((cells) => cells.join(',')).join('\n');
}

function otherLayout(
  random: Random,
  damaged: (bytes: Buffer) => Buffer,
  image: Buffer,
  mask: Buffer,
): Files {
  const [good, bad] = random.pick([
    ['good', 'cut'],
    ['ok', 'ko'],
  ]);
  if (random.next() < 0.3) {
    return {
      'kos01/Part1.png': damaged(image),
      'kos01/Part1_label.png': damaged(mask),
      'train/1.png': image,
    };
  }
  return {
    [`nut/train/${good}/0.png`]: damaged(image),
    [`nut/test/${bad}/0.png`]: damaged(image),
    [`nut/test/${good}/${random.pick(['.png', '0.PNG', 'é.png', `${'x'.repeat(250)}.png`])}`]:
      image,
    [`nut/ground_truth/${bad}/0${random.pick(['_mask', ''])}.png`]: damaged(mask),
  };
}
