/** The two streams of the program, small enough to be replaced in tests. */
import { styleText } from 'node:util';

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

export interface Output {
  /** Results. */
  readonly stdout: OutputStream;
  /** Everything else said to people. */
  readonly stderr: OutputStream;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Colours text for a terminal, unless `NO_COLOR` is set (no-color.org). */
export function paint(
  stream: OutputStream,
  style: Style,
  text: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const plain = !stream.isTTY || Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  return plain ? text : styleText(style, text, { validateStream: false });
}
