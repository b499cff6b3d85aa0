/** The command line as commander sees it, built from our commands. */
import {
  Command as CommanderCommand,
  type CommanderError,
  Option as CommanderOption,
} from 'commander';
import { usageError } from '../core/error.ts';
import { flawmapVersion } from '../core/version.ts';
import type { Command } from './command.ts';
import { EXIT_CODE_MEANINGS, EXIT_CODES } from './exitCodes.ts';
import type { Output } from './output.ts';
import type { Option } from './parameters.ts';

/** What was asked for. */
export interface Invocation {
  readonly command: Command;
  readonly values: Readonly<Record<string, unknown>>;
  readonly json: boolean;
}

/** @param groups one line for each first word of the two-word commands */
export function buildProgram(
  commands: readonly Command[],
  groups: Readonly<Record<string, string>>,
  output: Output,
  execute: (invocation: Invocation) => Promise<void>,
): CommanderCommand {
  const program = new CommanderCommand('flawmap')
    .description('Find flaws in photographs of products, and see where they are.')
    .version(flawmapVersion(), '-V, --version', 'print the version')
    .addOption(new CommanderOption('--quiet', 'only warnings and errors').conflicts('verbose'))
    .option('--verbose', 'more detail, and stack traces of errors')
    .option('--log-json', 'log to stderr as JSON lines')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      // Errors are thrown and told in one place.
      writeErr: () => {},
    })
    .exitOverride((error) => refuse(program, error))
    .addHelpText('after', rootNotes());

  for (const command of commands) {
    const parent = parentOf(program, command.name, groups);
    addCommand(parent, command, execute);
  }
  return program;
}

function parentOf(
  program: CommanderCommand,
  name: string,
  groups: Readonly<Record<string, string>>,
): CommanderCommand {
  const words = name.split(' ');
  const groupName = words.length > 1 ? words[0] : undefined;
  if (groupName === undefined) return program;
  const known = program.commands.find((command) => command.name() === groupName);
  if (known !== undefined) return known;
  const group = program.command(groupName).description(groups[groupName] ?? '');
  return group.exitOverride((error) => refuse(group, error));
}

function addCommand(
  parent: CommanderCommand,
  command: Command,
  execute: (invocation: Invocation) => Promise<void>,
): void {
  const created = parent.command(command.name.split(' ').at(-1) ?? command.name);
  created
    .summary(command.summary)
    .description(
      [`${capitalized(command.summary)}.`, ...paragraphs(command.description ?? '')].join('\n\n'),
    )
    .exitOverride((error) => refuse(created, error))
    .addHelpText('after', exampleNotes(command));

  const argumentNames = Object.keys(command.arguments ?? {});
  for (const [name, { form, description }] of Object.entries(command.arguments ?? {})) {
    const placeholder = { required: `<${name}>`, optional: `[${name}]`, variadic: `<${name}...>` };
    created.argument(placeholder[form], description);
  }
  const options = Object.entries(command.options ?? {}).map(([name, option]) => {
    const made = commanderOption(option);
    created.addOption(made);
    return { name, key: made.attributeName() };
  });
  if (command.json) {
    const documents = command.json === 'lines' ? 'JSON documents, one a line' : 'one JSON document';
    created.option('--json', `print ${documents}, and nothing else`);
  }

  created.action(async () => {
    const given = created.opts();
    const values = Object.fromEntries([
      ...argumentNames.map((name, i) => [name, created.processedArgs[i]]),
      ...options.map(({ name, key }) => [name, given[key]]),
    ]);
    await execute({ command, values, json: given.json === true });
  });
}

function commanderOption(option: Option<unknown>): CommanderOption {
  const made = new CommanderOption(option.flags, option.description);
  if (option.parse !== undefined) made.argParser(option.parse);
  if (option.default !== undefined && !isFlag(option)) {
    made.default(option.default, option.defaultText);
  }
  return made.makeOptionMandatory(option.required);
}

const isFlag = (option: Option<unknown>) => option.parse === undefined;

function refuse(command: CommanderCommand, error: CommanderError): never {
  if (error.exitCode === 0) throw error;
  const path = pathOf(command);
  if (error.code === 'commander.help') {
    throw usageError({
      what: `${path} needs a command`,
      expected: `one of ${command.commands.map((child) => child.name()).join(', ')}`,
      remedy: `see: ${path} --help`,
    });
  }
  const [what, suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\(Did you mean (.*)\)$/, 'did you mean $1 ');
  throw usageError({
    what: `${path}: ${what}`,
    remedy: `${hint ?? ''}see: ${path} --help`,
    cause: error,
  });
}

function pathOf(command: CommanderCommand): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** Line ends within a paragraph are the source's; help breaks lines at the terminal's width. */
const paragraphs = (text: string): string[] =>
  text
    .split('\n\n')
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => paragraph.replaceAll('\n', ' '));

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function exampleNotes({ examples }: Command): string {
  const lines = examples.map(
    ({ command, explanation }) => `  flawmap ${command}\n      ${explanation}`,
  );
  return `\nExamples:\n${lines.join('\n')}`;
}

function rootNotes(): string {
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  const codes = names.map(
    (name) => `  ${String(EXIT_CODES[name]).padStart(3)}  ${EXIT_CODE_MEANINGS[name]}`,
  );
  return `
Example:
  flawmap fit data --category bottle -o bottle.onnx
      Learn from the good images in data/bottle/train/good
  flawmap predict bottle.onnx photos --out flaws
      Judge the images in photos, and show where the flaws are

Results go to stdout, everything else to stderr.

Exit codes:
${codes.join('\n')}

Environment:
  FLAWMAP_CACHE    folder for downloaded files and results of studies (flawmap doctor shows it)
  FLAWMAP_THREADS  cores that one process computes with (default: all)
  FLAWMAP_DEVICE   what computes when flawmap is used as a library, as --device (default: cpu)
  FLAWMAP_TOKEN    what clients of flawmap serve must send
  NO_COLOR         no colours`;
}
