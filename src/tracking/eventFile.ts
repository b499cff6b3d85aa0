/**
 * TensorBoard's event files: a TFRecord file (`tensorflow/core/lib/io/record_writer.h`) of `Event`
 * messages (`tensorflow/core/util/event.proto`, `framework/summary.proto`).
 */

import {
  concatenate,
  doubleField,
  floatField,
  messageField,
  textField,
  varintField,
} from '../core/wireMessage.ts';
import { crc32c } from './crc32c.ts';

export interface EventContent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** What readers list it under. */
  readonly tag: string;
  /** A number is drawn as a curve over steps, text is shown as Markdown. */
  readonly value: number | string;
}

/**
 * The bytes of an event file, which begins by naming its version.
 * @param wallTime when the file was begun, seconds since 1970
 */
export function eventFile(wallTime: number, events: readonly EventContent[]): Uint8Array {
  const version = concatenate([doubleField(1, wallTime), textField(3, 'brain.Event:2')]);
  return concatenate([version, ...events.map(encodeEvent)].map(record));
}

function encodeEvent({ wallTime, step, tag, value }: EventContent): Uint8Array {
  const content = typeof value === 'number' ? [floatField(2, value)] : textValue(value);
  const summary = messageField(5, messageField(1, textField(1, tag), ...content));
  return concatenate([doubleField(1, wallTime), varintField(2, step), summary]);
}

/** `Summary.Value` of the text plugin: a tensor of one string. */
function textValue(text: string): Uint8Array[] {
  const STRING = 7;
  const DATA_CLASS_TENSOR = 2;
  const tensor = messageField(8, varintField(1, STRING), messageField(2), textField(8, text));
  const plugin = messageField(1, textField(1, 'text'));
  return [tensor, messageField(9, plugin, varintField(4, DATA_CLASS_TENSOR))];
}

/** Length (8 bytes) and data, each followed by its checksum. */
function record(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
  return concatenate([length, maskedChecksum(length), data, maskedChecksum(data)]);
}

/** Rotated and offset, so that data which holds checksums has no checksum like theirs. */
function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const masked = new Uint8Array(4);
  const rotated = ((crc >>> 15) | (crc << 17)) >>> 0;
  new DataView(masked.buffer).setUint32(0, (rotated + 0xa282ead8) >>> 0, true);
  return masked;
}
