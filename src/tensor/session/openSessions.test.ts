import { expect, it } from 'vitest';
import { closeSessions, openSessions } from './openSessions.ts';
import type { Session } from './session.ts';

/** Opens sessions that do nothing but tell, by name, that they were closed. */
function openingTelling(closed: string[]) {
  return async (name: string): Promise<Session> => {
    if (name === 'broken') throw new Error('broken');
    const close = async () => {
      closed.push(name);
    };
    return {
      inputs: [name],
      outputs: [],
      run: async () => ({}),
      close,
      [Symbol.asyncDispose]: close,
    };
  };
}

it('opens all in their order', async () => {
  const closed: string[] = [];
  const sessions = await openSessions(['first', 'second'], openingTelling(closed));
  expect(sessions.map(({ inputs }) => inputs[0])).toEqual(['first', 'second']);
  expect(closed).toEqual([]);
  await closeSessions(sessions);
  expect(closed).toEqual(['first', 'second']);
});

it('closes those that are open where one fails', async () => {
  const closed: string[] = [];
  const parts = ['first', 'second', 'broken', 'last'];
  await expect(openSessions(parts, openingTelling(closed))).rejects.toThrow('broken');
  expect(closed).toEqual(['first', 'second']);
});
