const LONGEST = 255;

/**
 * A name that a client has given, for journals and logs: control characters, ends of lines and what
 * turns the direction of text around are replaced, so that it stays on its line and reads as it stands.
 */
export function cleanName(name: string): string {
  const clean = name.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
  return [...clean].slice(0, LONGEST).join('');
}
