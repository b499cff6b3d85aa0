/** Sentences to act on; their tone is told in words and signs, not by colour alone. */
import type { Verdicts } from '../../report.ts';
import { html, type Markup } from '../markup.ts';

const TONES = {
  good: { sign: '\u2713', word: 'Good' },
  caution: { sign: '!', word: 'Caution' },
  bad: { sign: '\u2715', word: 'Bad' },
  unknown: { sign: '?', word: 'Unknown' },
} as const;

export function renderVerdicts({ verdicts }: Verdicts): Markup {
  return html`<ul class="verdicts">${verdicts.map(
    ({ subject, tone, text }) => html`<li class="${tone}">
<span class="sign" aria-hidden="true">${TONES[tone].sign}</span>
<p class="subject"><bdi>${subject}</bdi> <span class="hidden">${TONES[tone].word}</span></p>
<p class="text">${text}</p></li>`,
  )}</ul>
`;
}
