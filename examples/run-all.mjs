// Runs every example; CI fails when one does.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname).filter((name) => /^\d\d-.*\.mjs$/.test(name));
for (const name of names.sort()) {
  console.log(`== ${name}`);
  execFileSync(process.execPath, [`${import.meta.dirname}/${name}`], { stdio: 'inherit' });
}
