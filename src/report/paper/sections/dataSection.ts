/** 2: the images, how they are divided, and why so. */
import type { ResultCategory, StudyResult } from '../../../result/result.ts';
import type { ScenarioResult } from '../../../result/scenario.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { numberAt, settingAt, textAt } from '../../settingAt.ts';
import { paperTable } from '../figures.ts';
import { firstOf, listed, name } from '../names.ts';
import { percent } from '../numbers.ts';
import { type Inserted, joined, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';

export function dataSection(result: StudyResult): Typst {
  const counts = result.categories.map((category) => countsOf(result, category));
  return section(
    'Data and split',
    paragraph(origin(result), sizes(result)),
    paragraph(rationale(result), sealed()),
    paragraph(masks(result), kinds(result)),
    splitTable(counts),
  );
}

function origin(result: StudyResult): Typst {
  const painted = settingAt(result, 'dataset.synthetic');
  const folder = textAt(result, 'dataset.root');
  const names = firstOf(
    result.categories.map((category) => name(category.name)),
    6,
  );
  if (folder === undefined && painted !== undefined && painted !== null) {
    return typst`The images are painted by the program itself, with defects of known place and size (${names}). They make the study reproducible without any download; they are not photographs, and figures on them say little about photographs.`;
  }
  const folderName = folder === undefined ? '' : ` in the folder ${name(folder, 48)}`;
  return typst`The study reads photographs${folderName} laid out as in MVTec AD @bergmann2019: good images to learn from, and good and defective ones to test on. Its categories are ${names}. Figures are comparable with published ones only where a folder holds the complete category at its published size.`;
}

/** Where the study explored its images. */
function sizes(result: StudyResult): Typst {
  const all = result.categories.flatMap(({ exploration }) =>
    (exploration?.categories[0]?.sizes ?? []).map(
      ({ width, height }) => `${width}\u{202f}×\u{202f}${height}`,
    ),
  );
  const known = [...new Set(all)];
  const resize = numberAt(result, 'backbone.resize');
  if (known.length === 0) return NOTHING;
  const seen =
    resize === undefined ? '' : `; detectors see them at ${resize}\u{202f}×\u{202f}${resize}`;
  return typst`Images have ${firstOf(known, 3)} pixels${seen}.`;
}

function rationale(result: StudyResult): Typst {
  const held = numberAt(result, 'split.validation');
  const anomalous = numberAt(result, 'split.anomalousValidation');
  if (held === undefined || anomalous === undefined) return NOTHING;
  const labelled =
    anomalous === 0
      ? 'No anomalous image is used before the test, so thresholds come from good images alone.'
      : `Of the anomalous test images of every defect type ${percent(anomalous)} join them (a type with a single image stays in the test), so that a threshold can also be chosen with a few labelled defects at hand.`;
  return typst`A line must set its threshold before the first defect arrives. Therefore ${percent(held)} of the good training images are held out of the fit as validation images. ${labelled} Everything else of the test folder is the test set.`;
}

const sealed = (): Typst =>
  typst`Thresholds never see a test image, test images never set anything, and the lists, with a hash of every file, are drawn once and read again: images that change or stand in two parts are refused.`;

interface Counts {
  readonly category: string;
  readonly train: number;
  readonly validation: { readonly normal: number; readonly anomalous: number };
  readonly test: { readonly normal: number; readonly anomalous: number };
  /** Anomalous test images with a mask; null where no scenario counted them. */
  readonly withMask: number | null;
}

function countsOf(result: StudyResult, { name: category, split }: ResultCategory): Counts {
  const part = (key: string) => {
    const types = Object.entries(split[key] ?? {});
    const sum = (normal: boolean) =>
      types
        .filter(([type]) => (type === 'good') === normal)
        .reduce((total, [, images]) => total + images, 0);
    return { normal: sum(true), anomalous: sum(false) };
  };
  const scenario = anyScenario(result).find((one) => one.category === category);
  const test = part('test');
  return {
    category,
    train: part('train').normal,
    validation: part('val'),
    test,
    withMask: scenario === undefined ? null : test.anomalous - scenario.counts.withoutMask,
  };
}

const anyScenario = (result: StudyResult): readonly ScenarioResult[] => [
  ...scenariosOf(result, 'clean'),
  ...scenariosOf(result, 'shift-none'),
];

function masks(result: StudyResult): Typst {
  const counts = result.categories.map((category) => countsOf(result, category));
  const lacking = counts.filter(
    ({ withMask, test }) => withMask !== null && withMask < test.anomalous,
  );
  if (lacking.length === 0) return NOTHING;
  const told = lacking.map(({ category, withMask, test }) =>
    withMask === 0
      ? typst`${name(category)} has no masks`
      : typst`${name(category)} has masks for ${withMask ?? 0} of ${test.anomalous} anomalous test images`,
  );
  return typst`Not every defect is marked: ${listed(told)}. Pixel metrics leave the others out; a category without masks has none.`;
}

function kinds(result: StudyResult): Typst {
  const types = result.categories.map(({ name: category, split }) => ({
    category,
    types: Object.keys(split.test ?? {}).filter((type) => type !== 'good'),
  }));
  const told = types.filter((one) => one.types.length > 0);
  if (told.length === 0)
    return typst`There are no defective images, so nothing can be said of what would be found.`;
  if (told.length > 4) return NOTHING;
  const lists = told.map(
    ({ category, types: own }) =>
      typst`${name(category)}: ${firstOf(
        own.map((type) => name(type)),
        6,
      )}`,
  );
  return typst`Types of defect are, of ${joined(lists, '; of ')}.`;
}

function splitTable(counts: readonly Counts[]): Typst {
  const row = ({ category, train, validation, test, withMask }: Counts): readonly Inserted[] => [
    name(category, 18),
    train,
    validation.normal,
    validation.anomalous,
    test.normal,
    test.anomalous,
    withMask ?? '–',
  ];
  const number = (title: string) => ({ title, align: 'right' as const });
  return paperTable({
    label: 'tab-split',
    caption: typst`Images by part of the split, good (+) and defective (−), and how many of the defective test images have a mask.`,
    columns: [
      { title: 'Category' },
      number('Fit +'),
      number('Val. +'),
      number('Val. −'),
      number('Test +'),
      number('Test −'),
      number('masks'),
    ],
    groups: [counts.map(row)],
  });
}
