/** How the program says by its exit code what happened; shown by `flawmap --help`. */
import type { ErrorKind } from '../core/error.ts';

export const EXIT_CODES = {
  ok: 0,
  problemsFound: 1,
  usage: 2,
  input: 3,
  environment: 4,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const satisfies Record<ErrorKind, number> & Record<string, number>;

export const EXIT_CODE_MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  ok: 'done',
  problemsFound:
    'a check found problems (doctor, drift, compare, dataset verify, log verify, backbone inspect)',
  usage: 'the command line is wrong',
  input: 'a file or folder given is wrong',
  environment: 'the machine refused: disk, permission, network, memory',
  internal: 'a fault in flawmap',
  interrupted: 'interrupted (Ctrl-C)',
  terminated: 'terminated (SIGTERM)',
};
