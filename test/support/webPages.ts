/** The inspector page on a static host, opened in Chromium, for the tests of one file. */
import { createReadStream, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

export interface StaticSite extends AsyncDisposable {
  readonly folder: string;
  readonly address: string;
  /** No more answers, as without a network. */
  close(): Promise<void>;
}

/** @param models files in the folder `models`, by name */
export async function staticSite(folder: string, models: readonly string[]): Promise<StaticSite> {
  mkdirSync(join(folder, 'models'), { recursive: true });
  // The build's own script, which is no part of the program.
  const script = new URL('../../scripts/webAssets.mjs', import.meta.url).href;
  const { writeWebAssets } = (await import(script)) as {
    writeWebAssets: (folder: string) => Promise<void>;
  };
  await writeWebAssets(folder);
  const list = models.map((name) => ({ name, file: `models/${name}.onnx` }));
  writeFileSync(join(folder, 'models.json'), JSON.stringify({ models: list }));
  const server = await listen(folder);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const { port } = server.address() as AddressInfo;
  // Browsers take localhost for a safe place, as pages by https.
  return { folder, address: `http://localhost:${port}/`, close, [Symbol.asyncDispose]: close };
}

async function listen(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    const path = join(folder, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': size });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

/** Chooses files as a person would. */
export async function choose(page: Page, paths: readonly string[]): Promise<void> {
  const input = page.locator('main input[type=file][multiple], .actions input[type=file]').first();
  await input.setInputFiles([...paths]);
}

/** Drops a file on the page. */
export async function drop(page: Page, name: string, type: string, content: Buffer): Promise<void> {
  const files = await page.evaluateHandle(transferOf(name, type, content));
  await page.dispatchEvent('body', 'drop', { dataTransfer: files });
}

/** Pastes a picture, as browsers call it. */
export async function paste(page: Page, content: Buffer): Promise<void> {
  const clipboardData = transferOf('image.png', 'image/png', content);
  await page.evaluate(
    `dispatchEvent(new ClipboardEvent('paste', { clipboardData: ${clipboardData} }))`,
  );
}

/** To be evaluated in the page. */
const transferOf = (name: string, type: string, content: Buffer): string => `(() => {
  const bytes = Uint8Array.from(atob('${content.toString('base64')}'), (c) => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], '${name}', { type: '${type}' }));
  return transfer;
})()`;

/** Until so many photographs are judged, or refused. */
export async function judged(page: Page, count: number): Promise<void> {
  const settled = page.locator('.strip .badge:not(.waiting)');
  await settled.nth(count - 1).waitFor({ timeout: 120_000 });
}

/** The score of the photograph that is shown. */
export async function shownScore(page: Page): Promise<number> {
  return Number(await page.locator('.verdict .reason').getAttribute('data-score'));
}
