/**
 * Runs the documentation: every command that takes seconds, in the order it is read, on painted
 * photographs; programs are type-checked and run. What cannot run here is listed with the reason.
 * Part of `npm run examples`, which builds first.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeFlaws } from '../support/checkTypes.ts';
import { makeWorkplaces, type Workplace } from '../support/docWorkplace.ts';
import { type Block, blocksOf, handbook } from '../support/markdown.ts';
import { type DocRun, runDocBlock, stopServer } from '../support/runDocBlock.ts';

const blocks = handbook().flatMap((file) => blocksOf(file));
const isProgram = ({ language }: Block) => ['js', 'ts'].includes(language);
const isRun = (block: Block) => block.language === 'sh' || isProgram(block);
const documents = [...new Set(blocks.filter(isRun).map(({ file }) => file))];

const leftOut: string[] = [];
let workplaces: Awaited<ReturnType<typeof makeWorkplaces>>;

beforeAll(async () => {
  workplaces = await makeWorkplaces();
});
afterAll(() => {
  workplaces?.remove();
  process.stdout.write(`\nNot run here:\n${leftOut.map((one) => `  ${one}\n`).join('')}\n`);
});

test('programs pass the type checker', () => {
  expect(typeFlaws(blocks.filter(isProgram))).toEqual([]);
  const wrong = "import { fit } from 'flawmap';\nawait fit({ data: 1 });\n";
  const [flaw] = typeFlaws([{ file: 'a.md', line: 3, language: 'ts', marks: [], text: wrong }]);
  expect(flaw).toMatch(/^a\.md:5: .*not assignable/);
});

describe.each(documents)('%s', (file) => {
  let workplace: Workplace;
  let run: DocRun;

  beforeAll(async () => {
    workplace = await workplaces.open(file);
    run = { workplace, server: undefined, leftOut };
  });
  afterAll(async () => {
    await stopServer(run);
    workplace.remove();
  });

  test.each(blocks.filter((block) => block.file === file && isRun(block)))(
    'line $line ($language) works',
    async (block) => {
      if (isProgram(block)) await runProgram(block, workplace);
      else await runDocBlock(block, run);
    },
  );
});

async function runProgram(block: Block, workplace: Workplace): Promise<void> {
  const name = `block-${block.line}.mjs`;
  writeFileSync(join(workplace.folder, name), block.text);
  const { exitCode, said } = await workplace.run(`node ${name}`);
  expect(exitCode, `${block.file}:${block.line}\n${said}`).toBe(0);
  expect(said).not.toBe('');
}

test('a command that no longer works is told with file and line', async () => {
  const workplace = await workplaces.open('a.md');
  const run: DocRun = { workplace, server: undefined, leftOut: [] };
  const text = 'npx flawmap history bottle.onnx\nnpx flawmap predict bottle.onnx nowhere\n';
  const block = { file: 'a.md', line: 7, language: 'sh', marks: [], text };
  await expect(runDocBlock(block, run)).rejects.toThrow(
    /^a\.md:9: npx flawmap predict.*\nexit code 3/,
  );
  await expect(
    runDocBlock({ ...block, text: 'curl http://127.0.0.1:8080/healthz\n' }, run),
  ).rejects.toThrow('no server was started before');
  await runDocBlock({ ...block, marks: ['needs=redis-server'], text }, run);
  await runDocBlock({ ...block, marks: ['long'], text }, run);
  expect(run.leftOut.map((one) => one.split('\n    ')[1])).toEqual([
    ...['needs redis-server', 'needs redis-server', 'takes long', 'takes long'],
  ]);
});
