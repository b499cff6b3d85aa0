/** What a check of a journal has found, for people. */
import type { JournalCheck } from '../../journal/verifyJournal.ts';
import type { CommandContext } from '../command.ts';

export function describeJournal(
  file: string,
  { lines, last, broken, tornBytes, contains }: JournalCheck,
  paint: CommandContext['paint'],
): string {
  const count = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  const found =
    broken === null
      ? [paint('green', `${file}: ${count}, each follows the one before`)]
      : [paint('red', `${file}: line ${broken.line} does not follow: ${broken.problem}`)];
  if (broken !== null) found.push(`before it: ${count}`);
  if (lines > 0) found.push(`hash of the last: ${last}`);
  if (contains === false) found.push(paint('red', 'the hash asked for is not among them'));
  if (tornBytes > 0) {
    found.push(`at the end an unfinished line of ${tornBytes} bytes, set aside by the next writer`);
  }
  return found.join('\n');
}
