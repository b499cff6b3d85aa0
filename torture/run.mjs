// npm run torture [-- PART ...]: compiles torture/ with the program (Node 20 runs no TypeScript) and
// does to it what torture/all.ts lists.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const build = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
build('node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json');
build('scripts/pageAssets.mjs', 'build/src/report/html');
build('scripts/webAssets.mjs', 'build/src/web');
// The program reads its version two folders above its own.
copyFileSync(join(root, 'package.json'), join(root, 'build', 'package.json'));
const args = ['build/torture/all.js', ...process.argv.slice(2)];
const torture = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
// Ctrl-C reaches both; the other one cleans up, and this one says how that ended.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => torture.kill('SIGTERM'));
torture.once('exit', (code) => process.exit(code ?? 1));
