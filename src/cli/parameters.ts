/** The kinds of arguments and options commands have. */
import type { Box } from '../core/box.ts';
import { usageError } from '../core/error.ts';
import { formatBytes } from './quantities.ts';

/** What stands on the command line without a name; its type is that of its value. */
export interface Argument<T> {
  readonly description: string;
  readonly form: 'required' | 'optional' | 'variadic';
  readonly valueType?: T;
}

export const argument = (description: string): Argument<string> => ({
  description,
  form: 'required',
});

export const optionalArgument = (description: string): Argument<string | undefined> => ({
  description,
  form: 'optional',
});

/** One or more. */
export const variadicArgument = (description: string): Argument<readonly string[]> => ({
  description,
  form: 'variadic',
});

export interface Option<T> {
  /** As in help: `-o, --output <file>`. */
  readonly flags: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: T | undefined;
  /** The default as people write it, where it does not read well as it is. */
  readonly defaultText?: string | undefined;
  /** From the text given, and for repeated options what came before; absent for bare flags. */
  parse?(text: string, previous: T | undefined): T;
}

/** Present or not; a flag named `--no-x` is true until it is given. */
export const flag = (flags: string, description: string): Option<boolean> => ({
  flags,
  description,
  required: false,
  default: flags.includes('--no-'),
});

interface Settings<T> {
  readonly default?: T;
  readonly required?: boolean;
}

export function text(
  flags: string,
  description: string,
  settings: { readonly default: string } | { readonly required: true },
): Option<string>;
export function text(flags: string, description: string): Option<string | undefined>;
export function text(
  flags: string,
  description: string,
  settings: Settings<string> = {},
): Option<string | undefined> {
  return {
    flags,
    description,
    required: settings.required ?? false,
    default: settings.default,
    parse: (given) => {
      if (given === '') throw refusal(flags, 'some text', 'nothing');
      return given;
    },
  };
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** Whether `min` and `max`, which are both given then, are themselves outside. */
  readonly between?: boolean;
}

export function number(
  flags: string,
  description: string,
  settings: Range & { readonly default: number },
): Option<number>;
export function number(
  flags: string,
  description: string,
  settings: Range,
): Option<number | undefined>;
export function number(
  flags: string,
  description: string,
  settings: Range & { readonly default?: number },
): Option<number | undefined> {
  const { min = -Infinity, max = Infinity, integer = false, between = false } = settings;
  return {
    flags,
    description,
    required: false,
    default: settings.default,
    parse: (given) => {
      const value = given.trim() === '' ? Number.NaN : Number(given);
      const isWithin = between ? value > min && value < max : value >= min && value <= max;
      const fits = isWithin && (!integer || Number.isSafeInteger(value));
      if (!fits || !Number.isFinite(value)) throw refusal(flags, describeRange(settings), given);
      return value;
    },
  };
}

function describeRange({ min, max, integer, between }: Range): string {
  const kind = integer ? 'a whole number' : 'a number';
  if (between) return `${kind} above ${min} and below ${max}`;
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  if (min !== undefined) return `${kind} of at least ${min}`;
  if (max !== undefined) return `${kind} of at most ${max}`;
  return kind;
}

const BYTES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

export function bytes(
  flags: string,
  description: string,
  settings: { readonly default: number },
): Option<number>;
export function bytes(flags: string, description: string): Option<number | undefined>;
/** A number of bytes: `8GB`, `500 MB`, in decimal units. */
export function bytes(
  flags: string,
  description: string,
  settings: Settings<number> = {},
): Option<number | undefined> {
  return {
    flags,
    description,
    required: false,
    default: settings.default,
    defaultText: settings.default === undefined ? undefined : formatBytes(settings.default),
    parse: (given) => {
      const [, value, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)b?\s*$/i.exec(given) ?? [];
      const size = Number(value) * (BYTES[unit?.toLowerCase() ?? ''] ?? Number.NaN);
      if (!(size > 0)) throw refusal(flags, 'a size, such as 8GB or 500MB', given);
      return size;
    },
  };
}

/** In whole pixels. */
export const rectangle = (flags: string, description: string): Option<Box | undefined> => ({
  flags,
  description,
  required: false,
  default: undefined,
  parse: (given) => {
    const numbers = /^\d+(,\d+){3}$/.test(given) ? given.split(',').map(Number) : [];
    const [x, y, width, height] = numbers;
    if (x === undefined || y === undefined || !width || !height) {
      throw refusal(flags, 'x,y,width,height in whole pixels, such as 40,0,600,480', given);
    }
    return { x, y, width, height };
  },
});

export function choice<const T extends string>(
  flags: string,
  description: string,
  choices: readonly T[],
  settings: { readonly default: T },
): Option<T> {
  return {
    flags,
    description: `${description} (${choices.join(', ')})`,
    required: false,
    default: settings.default,
    parse: (given) => {
      const chosen = choices.find((candidate) => candidate === given);
      if (chosen === undefined) throw refusal(flags, `one of ${choices.join(', ')}`, given);
      return chosen;
    },
  };
}

/** Separated by commas, or the option given several times. */
export function list(flags: string, description: string): Option<readonly string[] | undefined> {
  return {
    flags,
    description,
    required: false,
    default: undefined,
    parse: (given, previous = []) => {
      const items = given.split(',').map((item) => item.trim());
      if (items.includes('')) throw refusal(flags, 'names separated by commas', `"${given}"`);
      return [...previous, ...items];
    },
  };
}

const refusal = (flags: string, expected: string, found: string) =>
  usageError({ what: `${flags} was given a value it cannot take`, expected, found });
