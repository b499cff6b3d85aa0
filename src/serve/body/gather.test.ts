import { expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { gather } from './gather.ts';

it('keeps what it is given, in order, in twice the room at most', () => {
  const random = createRandom('gather');
  const gathered = gather();
  const given: number[] = [];
  for (let i = 0; i < 500; i++) {
    const piece = Uint8Array.from({ length: random.integer(300) }, () => random.integer(256));
    gathered.add(piece);
    given.push(...piece);
    expect(gathered.length).toBe(given.length);
  }
  const bytes = gathered.bytes();
  expect([...bytes]).toEqual(given);
  expect(bytes.buffer.byteLength).toBeLessThanOrEqual(2 * given.length);
  expect(gather().bytes()).toHaveLength(0);
});
