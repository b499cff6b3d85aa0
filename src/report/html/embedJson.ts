/** Data for the client script, in an element that is not run. */
import { html, type Markup, trusted } from './markup.ts';

/** @param id of the element that the client reads */
export function embedJson(id: string, data: unknown): Markup {
  return html`<script type="application/json" id="${id}">${trusted(scriptJson(data))}</script>`;
}

/** JSON without what ends or opens a script element, or a line. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
