// npm run bench [-- NAME]: compiles the benchmarks (Node 20 runs no TypeScript) and runs one, or
// those of speed together.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const [name = 'all', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of ${names.join(', ')}`);
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const run = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json');
// The program reads its version two folders above its own.
copyFileSync(join(root, 'package.json'), join(root, 'build', 'package.json'));
run(`build/bench/${name}.js`, ...rest);
