// The inspector page: web/ bundled with the runtime it needs, as a folder for any static host. Run
// as a program it writes into the folder given.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { correctedRuntime } from './correctedRuntime.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const WEB = join(ROOT, 'web');
// In the order of the cascade.
const STYLES = ['base', 'layout', 'controls', 'view', 'panels'];
const AS_THEY_ARE = ['index.html', 'icon.svg', 'manifest.webmanifest'];
// Each script fetches the .wasm beside it: WebAssembly alone, and with WebGPU.
const WITH_WEBGPU = 'ort.bundle.min.mjs';
const RUNTIME = [
  'ort.wasm.bundle.min.mjs',
  'ort-wasm-simd-threaded.wasm',
  WITH_WEBGPU,
  'ort-wasm-simd-threaded.jsep.wasm',
];
// What works without a network once the page was opened; the other runtime is kept when it is used.
const SHELL = ['./', 'main.js', 'worker.js', 'theme.js', 'page.css', 'icon.svg'];
const SHELL_RUNTIME = RUNTIME.slice(0, 2).map((name) => `ort/${name}`);

/** Writes the page and all it fetches. Models are added beside it, or listed by a server. */
export async function writeWebAssets(folder) {
  await mkdir(join(folder, 'ort'), { recursive: true });
  const made = {
    'main.js': await bundle(join(WEB, 'main.tsx'), 'esm'),
    'worker.js': await bundle(join(WEB, 'worker', 'inspectWorker.ts'), 'esm'),
    'theme.js': await bundle(join(WEB, 'theme', 'early.ts'), 'iife'),
    'page.css': await style(),
    'models.json': '{ "models": [] }\n',
  };
  for (const name of AS_THEY_ARE) made[name] = await readFile(join(WEB, name), 'utf8');
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  for (const name of RUNTIME) await copyFile(join(runtime, name), join(folder, 'ort', name));
  const script = correctedRuntime(await readFile(join(runtime, WITH_WEBGPU), 'utf8'));
  await writeFile(join(folder, 'ort', WITH_WEBGPU), script);
  const { version } = JSON.parse(await readFile(join(runtime, '..', 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(version).update(script);
  for (const [name, text] of Object.entries(made)) hash.update(`${name}\n${text}\n`);
  const worker = await bundle(join(WEB, 'offline', 'serviceWorker.ts'), 'iife');
  hash.update(worker);
  const shell = { version: hash.digest('hex').slice(0, 16), files: [...SHELL, ...SHELL_RUNTIME] };
  made['serviceWorker.js'] = `self.flawmapShell=${JSON.stringify(shell)};\n${worker}`;
  for (const [name, text] of Object.entries(made)) await writeFile(join(folder, name), text);
}

async function bundle(input, format) {
  const { output } = await build({
    input,
    platform: 'browser',
    output: { format, minify: true },
    write: false,
    logLevel: 'warn',
  });
  return output[0].code;
}

async function style() {
  const palette = await bundle(join(ROOT, 'src', 'report', 'html', 'palette.ts'), 'esm');
  const { paletteStyle } = await import(`data:text/javascript,${encodeURIComponent(palette)}`);
  const sheets = STYLES.map((name) => readFile(join(WEB, 'styles', `${name}.css`), 'utf8'));
  return [paletteStyle(), ...(await Promise.all(sheets))].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeWebAssets(resolve(process.argv[2]));
}
