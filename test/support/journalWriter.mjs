/**
 * Appends to a journal until it is killed, `node journalWriter.mjs FILE ENTRY`, and prints the hash of
 * each line once the journal has it. ENTRY is one judgement as JSON.
 */
import { writeSync } from 'node:fs';
import { appendJournal } from '../../dist/journal/appendJournal.js';

const [file, entry] = process.argv.slice(2);
const journal = await appendJournal(file);
for (;;) writeSync(1, `${(await journal.append(JSON.parse(entry))).hash}\n`);
