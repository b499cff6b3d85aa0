/** Chapter 13: methods, settings, and how to get the same numbers again. */

import { counted, listed } from '../../core/listed.ts';
import { readMeasured } from '../../result/measured.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method } from '../../result/scenario.ts';
import type { Block, Chapter } from '../report.ts';
import { settingAt } from '../settingAt.ts';
import type { ChapterInput } from './chapterInput.ts';
import { EQUATIONS, PROTOCOL, scenarioSentences, thresholdSentences } from './methods/protocol.ts';
import { dataTable, modelsTable, settingsTable } from './methods/provenanceTables.ts';

export function methods({ result }: ChapterInput): Chapter | null {
  const used = configuredMethods(result);
  const heading = (text: string): Block => ({ kind: 'heading', text });
  const prose = (texts: readonly string[]): Block[] =>
    texts.map((text) => ({ kind: 'prose', text }));
  const blocks: Block[] = [
    heading('Methods'),
    ...prose(used.flatMap((method) => EQUATIONS[method])),
    heading('Scenarios'),
    ...prose(scenarioSentences(result)),
    heading('Thresholds, metrics and intervals'),
    ...prose([...thresholdSentences(result), ...PROTOCOL]),
    heading('The same numbers again'),
    ...reproduction(result),
    { kind: 'table', table: dataTable(result) },
    ...(result.models.length > 0 ? [{ kind: 'table' as const, table: modelsTable(result) }] : []),
    { kind: 'table', table: settingsTable(result) },
    heading('What this study cannot say'),
    ...scope(result).map((text) => ({ kind: 'prose' as const, tone: 'note' as const, text })),
  ];
  return {
    id: 'methods',
    number: '13',
    title: 'Methods and reproduction',
    lead: leadOf(result),
    blocks,
  };
}

function configuredMethods(result: StudyResult): readonly Method[] {
  const configured = settingAt(result, 'experiments.methods');
  const all: readonly Method[] = ['patchcore', 'padim'];
  return Array.isArray(configured) ? all.filter((method) => configured.includes(method)) : all;
}

function leadOf({ createdBy, seed, backbone, models, categories }: StudyResult): string {
  const hash = backbone.sha256 === null ? 'built in' : `SHA-256 ${backbone.sha256.slice(0, 12)}…`;
  const written = models.length === 0 ? 'no model files' : counted(models.length, 'model file');
  return `Made by ${createdBy} with seed ${seed} and the backbone ${backbone.name} (${hash}): ${written} for ${counted(categories.length, 'category', 'categories')}. The same images, settings and versions on the same type of machine give the same result, byte for byte, but for measured times.`;
}

function reproduction(result: StudyResult): Block[] {
  const { name, measured } = result;
  const { machine } = readMeasured(measured);
  const file = shellWord(`${name}.yaml`);
  const on =
    machine === undefined
      ? 'The machine is not recorded.'
      : `It ran on ${machine.platform} ${machine.arch}, ${machine.cpu}, ${machine.cores} cores, ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB.`;
  return [
    {
      kind: 'prose',
      text: `${on} manifest.json beside the result holds the whole configuration, versions of Node.js and the runtime, and a hash of every output and job. With ${result.createdBy} installed and the settings below in ${name}.yaml:`,
    },
    {
      kind: 'prose',
      tone: 'code',
      text: [
        '# What would run, and why; then all of it, or what is missing',
        `npx flawmap study ${file} --dry-run`,
        `npx flawmap study ${file} --out run`,
        '# To be compared with the table of model files',
        'sha256sum run/outputs/models/*.onnx',
      ].join('\n'),
    },
    {
      kind: 'prose',
      text: 'Every random choice has a stream of its own, named after what is drawn and started from the seed: one part more or less leaves the others as they were. What is compared is compared on the same test images and the same bootstrap draws.',
    },
  ];
}

/** For a shell, and in one word. */
const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Which conclusions the design does not allow. */
function scope(result: StudyResult): string[] {
  const { categories, experiments, shift } = result;
  const few = categories.length < 6;
  const scenarios = experiments.clean ?? [];
  const withDefects = scenarios.some(({ counts }) => counts.validation.anomalous > 0);
  const sentences = [
    few
      ? `${counted(categories.length, 'category', 'categories')} (${listed(categories.map(({ name }) => name))}) ${categories.length === 1 ? 'is' : 'are'} too few to say which method is better in general: no signed test over so few can come below 0.05. What is said holds for these categories.`
      : `Averages over ${categories.length} categories speak of these categories; others may differ.`,
    'Intervals tell how far figures may be off through the choice of test images. They do not tell of other cameras, other batches of parts or defects of kinds that are not among these.',
  ];
  if (withDefects) {
    sentences.push(
      'F1-optimal thresholds were chosen with defective validation images of the same kinds as those tested on. A line that has none yet should read the figures at the threshold from normal images alone.',
    );
  }
  if (shift.length > 0) {
    sentences.push(
      'The shift is computed from the clean images: it is a rehearsal of new conditions, not a measurement of them.',
    );
  }
  return sentences;
}
