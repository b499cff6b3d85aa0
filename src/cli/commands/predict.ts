import type { Prediction } from '../../inspection/predict.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, text, variadicArgument } from '../parameters.ts';
import { profiled, profileOption } from '../profile.ts';

export const predictCommand = defineCommand({
  name: 'predict',
  summary: 'score images, judge them, and show where the flaws are',
  description: `Prints a line for each image as it comes. Folders are searched with all their subfolders. The
exit code is 0 whatever the verdicts: scripts read them from --json.

With --out each image gets NAME_overlay.png, the photograph with the heat map, its contour at the
pixel threshold and a frame around each flaw, and NAME_map.npy, the raw anomaly map as float32.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('images, and folders of images'),
  },
  options: {
    out: text('--out <dir>', 'where overlays and maps go'),
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
      explanation: 'Score, verdict and bounding boxes for a program',
    },
  ],
  async run({ control, log, print, paint, json }, { model, images, out, device, profile }) {
    await useDevice(device, { log });
    const { predict } = await import('../../inspection/predict.ts');
    const { readInspectorMetadata } = await import('../../detector/inspector/inspector.ts');
    const { predictionLines } = await import('../describe/predictionLines.ts');
    const { describeSkipped } = await import('../describe/describeSkipped.ts');
    const { category, calibration } = await readInspectorMetadata(model);
    const { threshold, rule } = calibration.image;
    const lines = predictionLines(threshold, paint);
    const onSkipped = (files: Parameters<typeof describeSkipped>[0]) => {
      const skipped = describeSkipped(files);
      if (skipped !== undefined) log.warn(skipped);
    };

    const predictions: Prediction[] = [];
    const counts = { normal: 0, anomalous: 0 };
    await profiled(profile, async () => {
      for await (const prediction of predict({ model, paths: images, out, onSkipped }, control)) {
        if (counts.normal + counts.anomalous === 0) print(paint('bold', lines.heading));
        counts[prediction.verdict]++;
        print(lines.line(prediction));
        if (json) predictions.push(prediction);
      }
    });
    print(`\n${counts.anomalous} anomalous, ${counts.normal} normal`);
    if (out !== undefined) print(`overlays and maps: ${out}`);
    return {
      json: {
        model,
        category,
        threshold: { image: threshold, pixel: calibration.pixel.threshold, rule },
        counts: { images: predictions.length, ...counts },
        predictions,
      },
    };
  },
});
