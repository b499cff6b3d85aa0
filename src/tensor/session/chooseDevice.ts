/** Which devices work here. Drivers may print, hang or crash: they are tried in another process. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { environmentError } from '../../core/error.ts';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { matmul } from '../ops/neural.ts';
import { DEVICES, type Device } from './device.ts';

export interface DeviceState {
  readonly device: Device;
  readonly works: boolean;
  /** Why it does not. */
  readonly reason?: string;
}

/** What `auto` prefers to the CPU, whatever the model: which is the faster is not measured. */
const PREFERRED: readonly Device[] = ['cuda', 'webgpu'];

/** A driver that needs longer to start is not waited for. */
const PATIENCE_MS = 20_000;

const REMEDIES: Record<Exclude<Device, 'cpu'>, string> = {
  webgpu:
    "use --device cpu, or install the graphics card's driver (on Linux with Vulkan: libvulkan1 too)",
  cuda: 'use --device cpu, or install CUDA 12, cuDNN 9 and the libraries of onnxruntime for it: node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12',
};

/**
 * The device itself, or for `auto` a GPU where one works.
 * @throws FlawmapError (environment) when it does not work here, saying why and which do
 */
export async function chooseDevice(
  wanted: Device | 'auto',
  attempt: (device: Device) => Promise<DeviceState> = tryDevice,
): Promise<Device> {
  // Whether the CPU works shows itself: there is nothing else to take.
  if (wanted === 'cpu') return wanted;
  if (wanted === 'auto') {
    for (const device of PREFERRED) if ((await attempt(device)).works) return device;
    return 'cpu';
  }
  const { works, reason } = await attempt(wanted);
  if (works) return wanted;
  const others = DEVICES.filter((other) => other !== wanted);
  const states = await Promise.all(others.map(attempt));
  const working = states.filter((state) => state.works).map((state) => state.device);
  throw environmentError({
    what: `the device ${wanted} does not work here`,
    expected: `one that does: ${working.join(', ')}`,
    found: reason ?? 'no reason given',
    remedy: REMEDIES[wanted],
  });
}

/** Has it compute 2 x 3. */
export function tryDevice(device: Device): Promise<DeviceState> {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('onnxruntime-node')).href;
  const model = Buffer.from(encodeModel(productModel())).toString('base64');
  const args = ['--input-type=module', '--eval', ATTEMPT, entry, model, device];
  return new Promise((resolve) => {
    const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
    execFile(process.execPath, args, { env, timeout: PATIENCE_MS }, (error, stdout) => {
      if (error === null && stdout === '6') return resolve({ device, works: true });
      const said = reasonIn(stdout);
      const reason = error?.killed
        ? 'its driver does not answer'
        : said || `its driver ended the process (${error?.signal ?? error?.code ?? 'no error'})`;
      resolve({ device, works: false, reason });
    });
  });
}

/** The first line, without the place in onnxruntime's source and the condition that failed there. */
const reasonIn = (text: string): string =>
  text
    .trim()
    .split('\n')[0]!
    .replace(/^\S*onnxruntime_src.* was false\. /, '')
    .slice(0, 200);

const ATTEMPT = `
const [entry, model, device] = process.argv.slice(1);
const { InferenceSession, Tensor } = await import(entry);
try {
  const options = { executionProviders: [device], logSeverityLevel: 4 };
  const session = await InferenceSession.create(Buffer.from(model, 'base64'), options);
  const { y } = await session.run({ x: new Tensor('float32', [2], [1, 1]) });
  process.stdout.write(String(y.data[0]), () => process.exit());
} catch (error) {
  process.stdout.write(error.message, () => process.exit(1));
}
`;

function productModel() {
  const graph = createGraph('product');
  const x = graph.input('x', 'float32', [1, 1]);
  graph.output('y', matmul(x, graph.constant('three', float32(Float32Array.of(3), [1, 1]))));
  return graph.toModel();
}
