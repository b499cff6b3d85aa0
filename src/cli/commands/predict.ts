import { openedEarly } from '../../core/openedEarly.ts';
import type { Verdict } from '../../inspection/judge/judgement.ts';
import type { Prediction } from '../../inspection/predict.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { ignoredPart } from '../ignoredPart.ts';
import { argument, number, rectangle, text, variadicArgument } from '../parameters.ts';
import { profiled, profileOption } from '../profile.ts';

export const predictCommand = defineCommand({
  name: 'predict',
  summary: 'score images, judge them, and show where the flaws are',
  description: `Prints a line for each image as it comes. Folders are searched with all their subfolders. The
exit code is 0 whatever the verdicts: scripts read them from --json.

The verdict is normal or anomalous, unsure where the score lies within the threshold's confidence
band, and not judged where the photograph is unlike those calibrated on: another product, too dark,
too bright, too blurred. The reasons of the last two are told below the line; --json has all.

With --roi and --ignore the score is the highest of that part, and flaws are framed there alone. It is
never above the score of the whole, so the threshold's false positive rate still holds.

With --out each image gets NAME_overlay.png, the photograph with the heat map, its contour at the
pixel threshold and a frame around each flaw, and NAME_map.npy, the raw anomaly map as float32.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('images, and folders of images'),
  },
  options: {
    out: text('--out <dir>', 'where overlays and maps go'),
    mmPerPixel: number(
      '--mm-per-pixel <number>',
      'millimetres that a pixel of the photograph shows: gives flaws their length and area',
      { min: 1e-9, max: 1e9 },
    ),
    journal: text(
      '--journal <file>',
      'append every verdict to a hash-chained log; flawmap log verify checks it',
    ),
    roi: rectangle('--roi <x,y,w,h>', 'look only at this rectangle, in pixels of the photographs'),
    ignore: ignoredPart(
      '--ignore <file|x,y,w,h>',
      'where not to look: a rectangle, or a mask that is not black there; may be repeated',
    ),
    device: deviceOption,
    profile: profileOption,
  },
  json: true,
  examples: [
    {
      command: 'predict bottle.onnx photos --out flaws',
      explanation: 'Judge every image in photos, with pictures of the flaws',
    },
    {
      command: 'predict bottle.onnx new/0001.png --json',
      explanation: 'Score, verdict, its reason and bounding boxes for a program',
    },
    {
      command: 'predict bottle.onnx photos --mm-per-pixel 0.12',
      explanation: 'With the length and area of every flaw',
    },
    {
      command: 'predict bottle.onnx photos --roi 40,0,600,480 --ignore clamp.png',
      explanation: 'Look at a part of the photographs alone',
    },
    {
      command: 'predict bottle.onnx photos --journal line3.jsonl',
      explanation: 'And keep a log that shows whether it was changed later',
    },
  ],
  async run(
    { control, log, print, paint, json },
    { model, images: paths, out, mmPerPixel, journal: journalFile, roi, ignore, device, profile },
  ) {
    const computing = await useDevice(device, { log });
    (await import('../../tensor/session/threadSession.ts')).prepareThread();
    const { openToPredict } = await import('../../inspection/openToPredict.ts');
    return profiled(profile, async () => {
      await using inspector = openedEarly(openToPredict(model, { roi, ignore }));
      const { listImages, openPredictions, predictionLines, predictionJournal, describeSkipped } =
        await loadTheRest();
      const { images, skipped } = await listImages(paths);
      const told = describeSkipped(skipped);
      if (told !== undefined) log.warn(told);

      await using inspection = await openPredictions(inspector.opened, images, control);
      const { category, calibration } = inspection.metadata;
      const { threshold, rule } = calibration.image;
      const judging = { mmPerPixel, roi, ignore, device: computing };
      await using journal =
        journalFile === undefined
          ? undefined
          : await predictionJournal(journalFile, model, judging, log);

      const lines = predictionLines(threshold, paint);
      const predictions: Prediction[] = [];
      const counts = { normal: 0, anomalous: 0, unsure: 0, 'not judged': 0 };
      let heading = true;
      for await (const prediction of inspection.predict({ out, mmPerPixel })) {
        if (heading) print(paint('bold', lines.heading));
        heading = false;
        counts[prediction.verdict]++;
        await journal?.write(prediction);
        print(lines.line(prediction));
        if (json) predictions.push(prediction);
      }
      print(`\n${summary(counts)}`);
      if (out !== undefined) print(`overlays and maps: ${out}`);
      const { 'not judged': notJudged, ...judged } = counts;
      return {
        json: {
          model,
          category,
          threshold: { image: threshold, pixel: calibration.pixel.threshold, rule },
          counts: { images: images.length, ...judged, notJudged },
          predictions,
        },
      };
    });
  },
});

/** All that predicting takes besides the model: loaded while that opens. */
async function loadTheRest() {
  const { listImages } = await import('../../data/listImages.ts');
  const { openPredictions } = await import('../../inspection/predict.ts');
  const { predictionLines } = await import('../describe/predictionLines.ts');
  const { predictionJournal } = await import('../predictionJournal.ts');
  const { describeSkipped } = await import('../describe/describeSkipped.ts');
  return { listImages, openPredictions, predictionLines, predictionJournal, describeSkipped };
}

/** The usual two always, the others where there are any. */
function summary(counts: Readonly<Record<Verdict, number>>): string {
  const parts = [`${counts.anomalous} anomalous, ${counts.normal} normal`];
  for (const verdict of ['unsure', 'not judged'] as const) {
    if (counts[verdict] > 0) parts.push(`${counts[verdict]} ${verdict}`);
  }
  return parts.join(', ');
}
