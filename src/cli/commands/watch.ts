import { usageError } from '../../core/error.ts';
import type { WatchEvent } from '../../watch/watchEvent.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, flag, number, text } from '../parameters.ts';

const MOVE = '--move <dir>';

export const watchCommand = defineCommand({
  name: 'watch',
  summary: 'judge the images that come into a folder, as they come',
  description: `Judges every new image once it is written whole, as predict does, and prints a line for it. Subfolders
are watched too. Every verdict is a line of a hash-chained journal before it is told: stopped or killed
at any moment, the next watch of the folder goes on with the images that came meanwhile, and judges
none a second time. Images that were there before the first one are left alone but for --existing.

A file is whole when neither its size nor its time of change has moved for the time of --settle; one
that then is no readable image gets more time, and in the end the verdict not judged.

Meanwhile the imaging conditions are compared with those of the calibration images. Once light, focus
or camera have changed, the watch says since when and in what, and how many good images recalibrate
or update is to be shown. A model file that is replaced is read again before the next image.

Ctrl-C finishes the image in hand and prints a summary; the exit code is then 130.`,
  arguments: {
    folder: argument('folder that photographs are put into'),
    model: argument('file made by `flawmap fit`'),
  },
  options: {
    journal: text('--journal <file>', 'where verdicts go (default: FOLDER/flawmap-journal.jsonl)'),
    move: text(
      MOVE,
      'move judged images to DIR/normal, anomalous, unsure and not-judged, never over another file',
    ),
    tag: flag('--tag', 'write NAME.flawmap.json beside each judged image'),
    existing: flag('--existing', 'judge the images that are there already, too'),
    settle: number('--settle <ms>', 'milliseconds without a change after which a file is whole', {
      min: 10,
      max: 600_000,
      integer: true,
      default: 500,
    }),
    poll: flag('--poll', 'ask for changes instead of being told: for network drives'),
    mmPerPixel: number(
      '--mm-per-pixel <number>',
      'millimetres that a pixel of the photograph shows: gives flaws their length and area',
      { min: 1e-9, max: 1e9 },
    ),
    falseAlarm: number(
      '--false-alarm <share>',
      'highest probability of ever saying falsely that conditions changed',
      { min: 0, max: 1, between: true, default: 0.01 },
    ),
    device: deviceOption,
  },
  json: 'lines',
  examples: [
    {
      command: 'watch /mnt/camera1 bottle.onnx',
      explanation: 'A line for each image that comes, and a journal in the folder',
    },
    {
      command: 'watch incoming bottle.onnx --move sorted --journal line3.jsonl',
      explanation: 'And sort them by verdict',
    },
    {
      command: 'watch incoming bottle.onnx --json | jq -c \'select(.verdict == "anomalous")\'',
      explanation: 'Verdicts for a program, one JSON document a line',
    },
  ],
  async run(context, { folder, model, settle, device, ...options }) {
    const { control, print, emit, paint } = context;
    if (options.move !== undefined && options.tag) throw moveOrTag();
    const computing = await useDevice(device, context);
    const { watchFolder } = await import('../../watch/watchFolder.ts');
    const { createWatchTally, watchSummary } = await import('../describe/watchLines.ts');
    const tell = await teller(context, model);
    const tally = createWatchTally();
    let started = false;
    const summary = () => {
      if (!started) return;
      const counts = tally.counts();
      emit({ event: 'summary', ...counts });
      print(paint('bold', watchSummary(counts)));
    };
    try {
      const watched = watchFolder(
        { ...options, folder, model, settleMs: settle, device: computing },
        control.signal,
      );
      for await (const event of watched) {
        started = true;
        tally.add(event);
        emit(event);
        tell(event);
      }
    } finally {
      summary();
    }
    return {};
  },
});

/** What people are told of each event. */
async function teller(
  { log, print, paint }: CommandContext,
  model: string,
): Promise<(event: WatchEvent) => void> {
  const { watchLine } = await import('../describe/watchLines.ts');
  const { shellWord } = await import('../describe/shellWord.ts');
  const { formatScore } = await import('../describe/formatScore.ts');
  let folder = '';
  return (event) => {
    switch (event.event) {
      case 'started': {
        folder = event.folder;
        const { waiting, ignored, conditions, setAside } = event;
        log.info(
          `watching ${folder}: ${waiting} there to be looked at, ${ignored} left alone; journal ${event.journal}`,
        );
        if (setAside !== null) {
          log.warn(
            `the journal's last line was unfinished: its ${setAside.bytes} bytes were moved to ${setAside.file}`,
          );
        }
        if (conditions.reason !== null) log.warn(conditions.reason);
        break;
      }
      case 'image':
        print(watchLine(event, folder, paint));
        break;
      case 'known':
        log.debug(`judged before: ${event.image}`);
        break;
      case 'unreadable':
        log.warn(`${event.reason}: it is looked at again when it changes, or by the next start`);
        break;
      case 'model': {
        const { threshold, previousThreshold } = event;
        const [before, now] = [previousThreshold, threshold].map((one) =>
          formatScore(one, threshold),
        );
        log.warn(
          `${model} was replaced: the threshold is ${now} now, it was ${before}; conditions are compared with the new one's calibration images from here on`,
        );
        break;
      }
      case 'model refused':
        log.warn(
          `${model} was replaced and cannot be read; going on with the one before\n${event.reason}`,
        );
        break;
      case 'conditions': {
        print(paint('red', event.sentence));
        const word = shellWord(model);
        log.warn(
          `${event.imagesSince} images since then. Put ${event.goodImagesNeeded} good ones into a folder: ` +
            `\`flawmap update ${word} FOLDER\` learns the new conditions; \`flawmap recalibrate ${word} FOLDER\`, ` +
            'for small changes, sets the threshold alone and may then miss flaws',
        );
        break;
      }
      case 'conditions lost':
        log.info(
          event.reason === 'other model'
            ? 'the model has changed since: conditions are compared anew'
            : "the watch's memory of conditions cannot be read: they are compared anew",
        );
        break;
    }
  };
}

const moveOrTag = () =>
  usageError({
    what: `--tag cannot be used with ${MOVE}`,
    expected: 'one of the two',
    remedy: 'moved images show their verdict by their folder; the journal has the rest',
  });
