import { once } from 'node:events';
import { usageError } from '../../core/error.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { flag, number, text, variadicArgument } from '../parameters.ts';

const MIB = 2 ** 20;

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'judge photographs over HTTP, with the inspector page',
  description: `Answers at http://HOST:PORT until it is interrupted; then it finishes what it took. /openapi.json tells what
can be asked, /metrics is for Prometheus, and / is the inspector page.

Images are judged in processes of their own, --workers of them, each with all models in its memory. When
--queue more requests wait, others are refused with 429 and the time to come again. A model file that is
replaced, as \`flawmap update\`, recalibrate and history --rollback do, is loaded and then judges; one that
cannot be served is told, and the one before goes on.

The program listens to this machine alone. For others, give a --host and a token, which clients send as
Authorization: Bearer TOKEN; better in $FLAWMAP_TOKEN than as an option, which other users can see.`,
  arguments: { models: variadicArgument('files made by `flawmap fit`') },
  options: {
    port: number('--port <number>', 'where to listen; 0: any port that is free', {
      ...{ min: 0, max: 65_535, integer: true, default: 8080 },
    }),
    host: text('--host <name>', 'address to listen on', { default: '127.0.0.1' }),
    token: text('--token <text>', 'what clients must send (default: $FLAWMAP_TOKEN)'),
    withoutToken: flag('--without-token', 'let other machines ask without one'),
    workers: number('--workers <number>', 'processes that judge (default: a core each, up to 4)', {
      ...{ min: 1, max: 256, integer: true },
    }),
    queue: number('--queue <number>', 'requests that may wait', {
      ...{ min: 0, max: 10_000, integer: true, default: 32 },
    }),
    journal: text(
      '--journal <file>',
      'append every verdict to a hash-chained log; flawmap log verify checks it',
    ),
    mmPerPixel: number(
      '--mm-per-pixel <number>',
      'millimetres that a pixel of the photograph shows: gives flaws their length and area',
      { min: 1e-9, max: 1e9 },
    ),
    maxBytes: number('--max-bytes <number>', 'largest image file that is taken', {
      ...{ min: 1, max: 2 ** 31 - 1, integer: true, default: 32 * MIB },
    }),
    maxPixels: number('--max-pixels <number>', 'largest image that is decoded', {
      ...{ min: 1, max: 1e9, integer: true, default: 50e6 },
    }),
    timeout: number('--timeout <seconds>', 'until an image must be judged', {
      ...{ min: 0.1, max: 3600, default: 30 },
    }),
    device: deviceOption,
    studyQueue: text(
      '--study-queue <url>',
      'show at /study how studies on this Redis server are: redis://HOST',
    ),
  },
  json: 'lines',
  examples: [
    { command: 'serve bottle.onnx', explanation: 'At http://127.0.0.1:8080, for this machine' },
    {
      command: 'serve bottle.onnx zipper.onnx --journal line3.jsonl',
      explanation: 'Two models, and a log of every verdict',
    },
    {
      command: 'serve bottle.onnx --host 0.0.0.0 --workers 4',
      explanation: 'For the network, with the token that $FLAWMAP_TOKEN holds',
    },
  ],
  async run(
    { control, log, print, paint, emit },
    { models, port, host, withoutToken, workers, queue, maxBytes, maxPixels, timeout, ...given },
  ) {
    const device = await useDevice(given.device, { log });
    const { serve } = await import('../../serve/serve.ts');
    const { DEFAULT_LIMITS } = await import('../../serve/limits.ts');
    const { describeServer } = await import('../describe/describeServer.ts');
    const token = given.token ?? process.env.FLAWMAP_TOKEN;
    if (token === '') {
      throw usageError({
        what: '$FLAWMAP_TOKEN is empty',
        remedy: 'set it to a secret, or unset it',
      });
    }
    const limits = {
      ...{ workers: workers ?? DEFAULT_LIMITS.workers, queue, maxBytes, maxPixels },
      timeoutSeconds: timeout,
    };
    const status = await statusReader(given.studyQueue);
    const server = await serve(
      {
        ...{ models, host, port, token, withoutToken, limits },
        ...{ journal: given.journal, mmPerPixel: given.mmPerPixel, device },
        studies: status && (() => status.read()),
        onReplaced: (replaced) => {
          emit({ event: 'model', ...replaced });
          log.info(
            `${replaced.name} was replaced: ${replaced.modelSha256.slice(0, 8)} judges from here on, ` +
              `with the threshold ${replaced.threshold.toPrecision(4)} (before: ${replaced.previousThreshold.toPrecision(4)})`,
          );
        },
        onTrouble: (error) => log.warn(error instanceof Error ? error.message : String(error)),
      },
      control,
    );
    if (server.setAside !== undefined) {
      const { file, bytes } = server.setAside;
      log.warn(`the journal's last line was unfinished: its ${bytes} bytes were moved to ${file}`);
    }
    const { address, hasPage } = server;
    emit({
      ...{ event: 'ready', address, page: hasPage, token: token !== undefined, limits },
      ...{ models: server.models, memory: server.memory(), pid: process.pid },
    });
    print(describeServer(server, { token, limits }, paint));
    if (!control.signal.aborted) await once(control.signal, 'abort');
    await server.close();
    await status?.[Symbol.asyncDispose]();
    emit({ event: 'stopped' });
    return { stopped: true };
  },
});

/** Undefined where no queue is given. */
async function statusReader(queue: string | undefined) {
  if (queue === undefined) return undefined;
  const { openStatus } = await import('../../queue/studyStatus.ts');
  return openStatus(queue);
}
