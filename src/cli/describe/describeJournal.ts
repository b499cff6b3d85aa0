/** What a check of a journal has found, for people. */
import type { JournalCheck, OverrideCount } from '../../journal/verifyJournal.ts';
import type { CommandContext } from '../command.ts';

export function describeJournal(
  file: string,
  { lines, last, broken, overrides, tornBytes, contains }: JournalCheck,
  paint: CommandContext['paint'],
): string {
  const count = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  const found =
    broken === null
      ? [paint('green', `${file}: ${count}, each follows the one before`)]
      : [paint('red', `${file}: line ${broken.line} does not follow: ${broken.problem}`)];
  if (broken !== null) found.push(`before it: ${count}`);
  if (overrides.lines > 0) found.push(describeOverrides(overrides));
  if (lines > 0) found.push(`hash of the last: ${last}`);
  if (contains === false) found.push(paint('red', 'the hash asked for is not among them'));
  if (tornBytes > 0) {
    found.push(`at the end an unfinished line of ${tornBytes} bytes, set aside by the next writer`);
  }
  return found.join('\n');
}

function describeOverrides({ lines, judgements, changes }: OverrideCount): string {
  const of = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`;
  const counted = changes.map((one) => `${one.from} to ${one.to} ${one.judgements}`);
  return `${of(lines, 'override')} of ${of(judgements, 'judgement')}: ${counted.join(', ')}`;
}
