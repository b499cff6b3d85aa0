/** Puts the trial of the drift test together: from conditions of images to an element of the result. */
import { createRandom } from '../../../core/random.ts';
import { type DriftResult, STREAM_RULES } from '../../../result/analysis/drift.ts';
import { type BurstImages, burstAlarms } from './bursts.ts';
import { compareFolders } from './compareFolders.ts';
import { detect, HORIZON, type Lamp, unchangedPath } from './detection.ts';
import {
  burstSentence,
  detectionSentence,
  falseAlarmSentence,
  folderSentence,
  pathSentence,
  undetectedSentences,
} from './driftSentences.ts';
import { CLEAN_LENGTH, falseAlarms } from './falseAlarms.ts';
import type { Images } from './watch.ts';

export interface DriftInput {
  readonly category: string;
  readonly falseAlarm: number;
  readonly streams: number;
  readonly confidence: number;
  readonly seed: number;
  /** Conditions of the normal calibration images, and of the test folder's. */
  readonly reference: Images;
  readonly test: Images;
  readonly defects: Images;
  /** In the order of presets, then of levels. */
  readonly changes: readonly {
    readonly preset: string;
    readonly level: string;
    readonly lamps: readonly Lamp[];
  }[];
  /** What other statistics see of a burst. */
  readonly others: readonly BurstImages[];
}

/** Rules that show what would mislead are tried on fewer streams. */
const FEWER = 5;

export function driftResult(input: DriftInput): DriftResult {
  const { category, falseAlarm, streams, confidence, seed, reference, test, defects } = input;
  const random = createRandom(seed).fork('drift').fork(category);
  const clean = [...reference, ...test];
  const images = {
    reference: reference.length,
    clean: clean.length,
    test: test.length,
    anomalous: defects.length,
  };

  const alarms = STREAM_RULES.flatMap((rule) => {
    const count = rule === 'both-drawn' ? streams : Math.ceil(streams / FEWER);
    const settings = { streams: count, falseAlarm, confidence, random: random.fork(rule) };
    return falseAlarms({ reference, test }, rule, settings) ?? [];
  });

  const settings = {
    clean,
    reference: reference.length,
    streams: Math.ceil(streams / 10),
    falseAlarm,
  };
  const detected = input.changes.map(({ preset, level, lamps }) =>
    detect(preset, level, lamps, { ...settings, random: random.fork(`${preset} ${level}`) }),
  );
  const detections = detected.map(({ detection }) => detection);
  const first = detections[0]?.preset ?? '';
  const paths = [
    unchangedPath({ ...settings, random: random.fork('unchanged') }),
    ...detected.filter(({ detection }) => detection.preset === first).map(({ path }) => path),
  ];
  const threshold = 1 / falseAlarm;

  const conditions = { statistic: 'conditions', method: null, reference, test, defects } as const;
  const bursts =
    defects.length === 0
      ? []
      : [conditions, ...input.others].flatMap((own) =>
          burstAlarms(own, {
            streams: Math.ceil(streams / FEWER),
            falseAlarm,
            random: random.fork(`burst ${own.statistic} ${own.method}`),
          }),
        );

  const folders =
    test.length === 0
      ? null
      : compareFolders(reference, test, {
          streams: Math.ceil(streams / FEWER),
          falseAlarm,
          random: random.fork('folders'),
        });
  const highest = detections.at(-1)?.level ?? '';
  return {
    category,
    falseAlarm,
    descriptors: Object.keys(reference[0] ?? {}),
    images,
    falseAlarms: {
      title: `Streams of ${CLEAN_LENGTH} unchanged images that raise an alarm`,
      sentence: falseAlarmSentence(alarms, falseAlarm),
      data: alarms,
    },
    folders: folders && {
      title: 'Normal images of the test folder against the calibration images',
      sentence: folderSentence(folders, images),
      data: folders,
    },
    detection: {
      title: 'Images until a change of imaging conditions is found',
      sentence: detectionSentence(detections, reference.length),
      data: detections,
    },
    paths: {
      title: `The martingale over ${HORIZON} images, changed from the first: ${first}`,
      sentence: pathSentence(paths, threshold),
      data: { preset: first, threshold, paths },
    },
    bursts:
      bursts.length === 0
        ? null
        : {
            title: 'Bursts of defective images that raise an alarm',
            sentence: burstSentence(bursts),
            data: bursts,
          },
    notComputable: [
      ...(folders === null ? ['folders not computable: the test folder has no normal images'] : []),
      ...(bursts.length === 0 ? ['bursts not computable: there are no defective images'] : []),
    ],
    undetected: undetectedSentences(detections, highest),
  };
}
