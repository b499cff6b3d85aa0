/** Runs the real commands within the test. */
import { COMMAND_GROUPS, loadCommands } from '../../src/cli/commands.ts';
import { runCli } from '../../src/cli/runCli.ts';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param onStderr told of each piece as it is written */
export async function runCommand(
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
  onStderr: (piece: string) => void = () => {},
): Promise<CommandResult> {
  const said = { stdout: '', stderr: '' };
  const exitCode = await runCli(args, {
    commands: await loadCommands(args),
    groups: COMMAND_GROUPS,
    output: {
      stdout: { write: (piece: string) => (said.stdout += piece) },
      stderr: {
        write: (piece: string) => {
          said.stderr += piece;
          onStderr(piece);
        },
      },
    },
    signal,
  });
  return { exitCode, ...said };
}
