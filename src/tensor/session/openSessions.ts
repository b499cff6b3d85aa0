/** Sessions that belong together, as the steps of one model do. */
import type { Session } from './session.ts';

/**
 * Opens one after the other; where one fails, those before it are closed.
 * @throws what `open` throws
 */
export async function openSessions<T>(
  parts: readonly T[],
  open: (part: T, place: number) => Promise<Session>,
): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  try {
    for (const [place, part] of parts.entries()) sessions.push(await open(part, place));
  } catch (error) {
    await closeSessions(sessions);
    throw error;
  }
  return sessions;
}

export async function closeSessions(sessions: readonly Session[]): Promise<void> {
  await Promise.all(sessions.map((session) => session.close()));
}
