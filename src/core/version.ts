import { readFileSync } from 'node:fs';

/** The version in package.json, which lies two folders up from src/core and from dist/core. */
export function flawmapVersion(): string {
  const path = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
