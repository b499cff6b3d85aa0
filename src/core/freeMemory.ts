/**
 * Memory of large arrays, given back as soon as nobody needs it. It lies outside of V8's heap, and V8
 * notices that an array is gone when it next looks through all of the heap, which it does every 64 MB
 * of them. Arrays that come meanwhile get memory that was never touched, which on a virtual machine
 * takes ten times as long as to fill it; what is given back at once, the next array gets.
 */
import { MessageChannel } from 'node:worker_threads';

/**
 * What is sent over to a port takes its memory along, also where the port is closed and the message goes
 * nowhere (HTML standard, 9.4.4). `ArrayBuffer.transfer` would do, but Node.js 20 lacks it.
 */
const { port1: nowhere } = new MessageChannel();
nowhere.close();

/** @param array all of its memory, which other arrays may share, is gone: they are empty then */
export function freeMemory({ buffer }: Readonly<Pick<ArrayBufferView, 'buffer'>>): void {
  if (buffer.byteLength > 0) nowhere.postMessage(null, [buffer as ArrayBuffer]);
}
