import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anyImage, filesIn } from './support/importTree.ts';
import { runCommand } from './support/runCommand.ts';
import { makeTree } from './support/tree.ts';

it('import says what it took the folder for, what came from where, and what to do', async () => {
  const image = await anyImage();
  const source = makeTree({
    '01/train/ok/0.png': image,
    '01/test/ko/0.png': image,
    '02/test/ok/0.png': image,
    '02/train/ok/x.txt': 'x',
  });
  const out = join(makeTree({}), 'data');
  const { exitCode, stdout, stderr } = await runCommand([
    'import',
    source,
    '--out',
    out,
    '--quiet',
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`${source}: btad (01 has train/ok)\n${out}`);
  expect(stdout.split('\n').slice(3, 7)).toEqual([
    'category  part   type  images  masks  from',
    '      01  train  good       1      0  01/train/ok',
    '      01  test   ko         1      0  01/test/ko',
    '      02  test   good       1      0  02/test/ok',
  ]);
  expect(stdout).toContain(`flawmap fit ${out} --category 01 -o 01.onnx`);
  expect(stderr).toContain(`no normal images to learn from: ${join(out, '02')}`);
  expect(filesIn(out)).toContain('01/train/good/0.png');
  const again = await runCommand(['import', source, '--out', out, '--format', 'mvtec', '--json']);
  expect(again.exitCode).not.toBe(0);
  expect(again.stderr).toContain('new or empty folder');
});
