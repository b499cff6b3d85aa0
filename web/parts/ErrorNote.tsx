/** A failure: what went wrong, what was expected and found, what to do. */
import type { ErrorDetails } from '../../src/core/error.ts';

export function ErrorNote({ error }: { readonly error: ErrorDetails }) {
  const { what, expected, found, remedy } = error;
  const parts = [
    ['Expected', expected],
    ['Found', found],
    ['To do', remedy],
  ] as const;
  return (
    <div class="error" role="alert">
      <p class="what">{what.charAt(0).toUpperCase() + what.slice(1)}.</p>
      <dl>
        {parts.map(
          ([name, text]) =>
            text !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
