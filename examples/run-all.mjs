// Runs every example on the same painted data; CI fails when one does.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'flawmap-examples-'));
const env = { ...process.env, FLAWMAP_EXAMPLES: folder };
try {
  const names = readdirSync(import.meta.dirname).filter((name) => /^\d\d-.*\.mjs$/.test(name));
  for (const name of names.sort()) {
    const start = performance.now();
    console.log(`== ${name}`);
    execFileSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit', env });
    console.log(`   ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
