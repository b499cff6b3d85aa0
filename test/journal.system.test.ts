/** What of a journal is left when its writer is killed, and who may write meanwhile. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { appendJournal } from '../src/journal/appendJournal.ts';
import { verifyJournal } from '../src/journal/verifyJournal.ts';
import { journalEntry } from './support/journalEntry.ts';
import { makeTree } from './support/tree.ts';

const WRITER = fileURLToPath(new URL('./support/journalWriter.mjs', import.meta.url));

/** A process that writes, and the hashes that it has been told are written. */
function startWriter(path: string): { child: ChildProcess; hashes: string[] } {
  const entry = JSON.stringify({ ...journalEntry(1), reason: 'long '.repeat(2000) });
  const child = spawn(process.execPath, [WRITER, path, entry], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const hashes: string[] = [];
  let text = '';
  child.stdout!.on('data', (chunk) => {
    const parts = (text + String(chunk)).split('\n');
    text = parts.pop()!;
    hashes.push(...parts);
  });
  return { child, hashes };
}

async function untilWritten({ child, hashes }: ReturnType<typeof startWriter>, count: number) {
  while (hashes.length < count) await once(child.stdout!, 'data');
}

test('a journal survives kill -9 of its writers: every line that was told is there', async () => {
  const path = join(makeTree({}), 'journal.jsonl');
  const told: string[] = [];
  for (const count of [1, 5, 20, 40]) {
    const writer = startWriter(path);
    await untilWritten(writer, count);
    writer.child.kill('SIGKILL');
    await once(writer.child, 'close');
    told.push(...writer.hashes);
  }
  await using journal = await appendJournal(path);
  await journal.append(journalEntry(2));
  const { broken, lines, tornBytes } = await verifyJournal(path);
  expect([broken, tornBytes]).toEqual([null, 0]);
  expect(lines).toBeGreaterThan(told.length);
  const text = readFileSync(path, 'utf8');
  for (const hash of told) expect(text).toContain(`"hash":"${hash}"}\n`);
});

test('while a process writes, nobody else does', async () => {
  const path = join(makeTree({}), 'journal.jsonl');
  const writer = startWriter(path);
  await untilWritten(writer, 1);
  await expect(appendJournal(path)).rejects.toThrow(`~${writer.child.pid}~`);
  writer.child.kill('SIGKILL');
  await once(writer.child, 'close');
  await (await appendJournal(path))[Symbol.asyncDispose]();
});
