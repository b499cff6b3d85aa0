/** A model's bytes, with what share of them has arrived. */
import { environmentError, messageOf } from '../../src/core/error.ts';
import type { ModelEntry } from './modelEntry.ts';

/**
 * @param onShare called with 0 to 1; with undefined where the server does not say how many there are
 * @throws FlawmapError (environment) where it cannot be had
 */
export async function fetchModel(
  { name, address }: ModelEntry,
  onShare: (share: number | undefined) => void,
): Promise<ArrayBuffer> {
  const refuse = (found: string) =>
    environmentError({
      what: `the model ${name} cannot be loaded`,
      expected: address,
      found,
      remedy: 'see whether the server runs and has the file, then reload the page',
    });
  let response: Response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  if (!response.ok || response.body === null) {
    throw refuse(`${response.status} ${response.statusText}`);
  }
  const encoded = response.headers.has('content-encoding');
  const total = encoded ? 0 : Number(response.headers.get('content-length') ?? 0);
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    received += value.length;
    onShare(total > 0 ? Math.min(1, received / total) : undefined);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}
