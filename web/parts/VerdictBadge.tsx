import type { Verdict } from '../../src/browser/browser.ts';

const KINDS: Readonly<Record<Verdict, string>> = {
  normal: 'good',
  anomalous: 'bad',
  unsure: 'caution',
  'not judged': 'none',
};
const SIGNS: Readonly<Record<Verdict, string>> = {
  normal: '✓',
  anomalous: '✕',
  unsure: '?',
  'not judged': '–',
};

/** The verdict in a word; small ones show its sign alone, and say the word. */
export function VerdictBadge({ verdict, small }: { verdict: Verdict; small?: boolean }) {
  return (
    <span class={`badge ${KINDS[verdict]} ${small ? 'small' : ''}`}>
      <span aria-hidden="true">{SIGNS[verdict]}</span>
      <span class={small ? 'hidden' : ''}> {verdict}</span>
    </span>
  );
}
