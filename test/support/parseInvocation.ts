/** The real parser of the command line, without what it would run. */
import { COMMAND_GROUPS, loadCommands } from '../../src/cli/commands.ts';
import { buildProgram, type Invocation } from '../../src/cli/program.ts';

const COMMANDS = await loadCommands();
const SILENT = { stdout: { write: () => true }, stderr: { write: () => true } };

/**
 * @returns the command asked for and its values
 * @throws FlawmapError (usage) as the program does
 */
export async function parseInvocation(words: readonly string[]): Promise<Invocation> {
  let parsed: Invocation | undefined;
  const program = buildProgram(COMMANDS, COMMAND_GROUPS, SILENT, async (invocation) => {
    parsed = invocation;
  });
  await program.parseAsync([...words], { from: 'user' });
  if (parsed === undefined) throw new Error(`flawmap ${words.join(' ')} runs nothing`);
  return parsed;
}

/**
 * Command and options of a mention that leaves values out, as sentences do: `flawmap study --status`.
 * @returns what it names that there is not; undefined where all of it is there
 */
export function unknownIn(words: readonly string[]): string | undefined {
  const program = buildProgram(COMMANDS, COMMAND_GROUPS, SILENT, async () => {});
  let command = program;
  for (const word of words) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) {
      if (command === program || command.commands.length > 0) {
        if (/^[a-z]/.test(word)) return word;
      }
      break;
    }
    command = child;
  }
  const known = [...command.options, ...program.options].flatMap((one) => [one.short, one.long]);
  const options = words
    .filter((word) => /^--?[a-z]/i.test(word))
    .map((word) => word.split('=')[0]!);
  return options.find((option) => ![...known, '-h', '--help'].includes(option));
}
