import { defineCommand } from '../command.ts';
import { argument, text } from '../parameters.ts';

export const logVerifyCommand = defineCommand({
  name: 'log verify',
  summary: 'check that a journal is as it was written',
  description: `Every line of a journal holds the hash of the line before: one that was changed, left out or put in is
named, and ends with exit code 1. That lines were cut off at the end, or that all of them were written
anew, only shows by a hash kept elsewhere: note the last one that this command prints, and give it
with --contains next time. An unfinished last line, as kill -9 leaves it, is told and is no error.

It also counts the judgements that people have overridden, by what the model had said.`,
  arguments: {
    file: argument('file written by `flawmap watch`, or by predict or serve with --journal'),
  },
  options: {
    contains: text('--contains <hash>', 'a hash noted earlier, which must still be there'),
  },
  json: true,
  examples: [
    { command: 'log verify line3.jsonl', explanation: 'How many lines, and the hash of the last' },
    {
      command: 'log verify line3.jsonl --contains 9f86d0…',
      explanation: 'And that nothing was cut off since that hash was noted',
    },
  ],
  async run({ control, print, paint }, { file, contains }) {
    const { verifyJournal } = await import('../../journal/verifyJournal.ts');
    const { describeJournal } = await import('../describe/describeJournal.ts');
    const check = await verifyJournal(file, contains, control);
    print(describeJournal(file, check, paint));
    return {
      json: { file, ...check },
      problemsFound: check.broken !== null || check.contains === false,
    };
  },
});
