import { join } from 'node:path';
import { cacheFolder } from '../../core/cacheFolder.ts';
import { environmentError, usageError } from '../../core/error.ts';
import { DEVICES, type Device } from '../../tensor/session/device.ts';
import { defineCommand } from '../command.ts';
import { bytes, list, number, text } from '../parameters.ts';
import { formatBytes, formatDuration } from '../quantities.ts';

export const workerCommand = defineCommand({
  name: 'worker',
  summary: 'do the stages of studies that other machines submit',
  description: `Takes stages that \`flawmap study --queue\` submits to a Redis server, as many at once as fit this
machine, until it is interrupted; what is in work then is handed back. What stages read comes from the
store, by hash, is kept in the cache, and results go there.

Any number of workers, on any machines of the same kind of CPU, share the work. One that is killed or not
heard of for --lease seconds loses its stages to others; nothing is lost or done twice by that.`,
  options: {
    queue: text('--queue <url>', 'the Redis server: redis://HOST[:PORT][/DATABASE]', {
      required: true,
    }),
    store: text('--store <place>', 's3://BUCKET[/PREFIX], or a folder that all machines see', {
      required: true,
    }),
    concurrency: number('--concurrency <n>', 'stages at once (default: one a core)', {
      ...{ min: 1, max: 256, integer: true },
    }),
    memory: bytes('--memory <size>', 'what stages may take together: 8GB (default: 80% of all)'),
    cores: number('--cores <n>', 'cores that stages may use (default: all)', {
      ...{ min: 1, max: 1024, integer: true },
    }),
    labels: list('--labels <names>', 'devices for stages that ask for one: gpu, or cuda, webgpu'),
    cache: text('--cache <dir>', 'folder of what is fetched and made (default: as for studies)'),
    cacheSize: bytes('--cache-size <size>', 'what it may hold', { default: 40e9 }),
    lease: number('--lease <seconds>', 'silence after which others take over', {
      ...{ min: 1, max: 3600, default: 30 },
    }),
  },
  json: 'lines',
  examples: [
    {
      command: 'worker --queue redis://10.0.0.5 --store s3://flawmap',
      explanation: 'With all cores of this machine',
    },
    {
      command: 'worker --queue redis://10.0.0.5 --store /mnt/flawmap --memory 8GB --concurrency 2',
      explanation: 'Two stages at once, in 8 GB',
    },
  ],
  async run(
    { control: { signal }, log, emit },
    { queue, store, concurrency, memory, cores, labels, cache, cacheSize, lease },
  ) {
    const { runWorker } = await import('../../queue/runWorker.ts');
    const { STUDY_KINDS } = await import('../../study/registry.ts');
    await runWorker(
      {
        queue,
        store,
        registry: STUDY_KINDS,
        entry: new URL('../../study/worker.js', import.meta.url),
        cache: cache ?? join(cacheFolder(), 'study'),
        cacheBytes: cacheSize,
        concurrency,
        memoryBytes: memory,
        cores,
        devices: await devicesOf(labels ?? []),
        lockMs: 1000 * lease,
        onEvent(event) {
          emit(event);
          if (event.type === 'ready') {
            const { worker, memoryBytes } = event;
            log.info(`worker ${worker} is ready, with ${formatBytes(memoryBytes)} for stages`);
          } else if (event.type === 'started') log.info(`${event.id}: started`);
          else if (event.type === 'ended') {
            log.info(`${event.id}: ${event.how} after ${formatDuration(event.seconds)}`);
          } else log.warn(event.text);
        },
      },
      signal,
    );
    return { stopped: true };
  },
});

async function devicesOf(labels: readonly string[]): Promise<Device[]> {
  const { chooseDevice } = await import('../../tensor/session/chooseDevice.ts');
  const devices: Device[] = [];
  for (const label of labels) {
    const wanted = label === 'gpu' ? 'auto' : DEVICES.find((device) => device === label);
    if (wanted === undefined) {
      throw usageError({
        what: `there is no label ${label}`,
        expected: 'gpu, or what it computes by: cuda, webgpu',
        found: label,
      });
    }
    const device = await chooseDevice(wanted);
    if (device === 'cpu' && label === 'gpu') {
      throw environmentError({
        what: 'no GPU works here, so this worker cannot have the label gpu',
        expected: 'a GPU that onnxruntime can use: `flawmap doctor` tells what is missing',
        remedy: 'leave --labels out: the worker then takes the stages that need none',
      });
    }
    devices.push(device);
  }
  return devices;
}
