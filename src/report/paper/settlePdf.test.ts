import { expect, test } from 'vitest';
import { settlePdf } from './settlePdf.ts';

const pdf = (entries: string, instance: string) =>
  Buffer.from(
    `%PDF-1.7\n<<\n  /XObject <<\n${entries}  >>\n>>\n\u00e9\u00ff<xmpMM:InstanceID>${instance}</xmpMM:InstanceID>\n/ID [(2LMixSiIIYEvV++jzNftRw==) (${instance})]\n%%EOF`,
    'latin1',
  );

const ONE = pdf('  /xo7 61 0 R\n  /xo2 51 0 R\n  /xo11 69 0 R\n', 'wTqV5K+QObtXMuao47a8hw==');
const OTHER = pdf('  /xo2 51 0 R\n  /xo11 69 0 R\n  /xo7 61 0 R\n', 'DHXnz2z46uHA8j9qWjZxIA==');

test('is the same whatever the order', () => {
  expect(Buffer.compare(settlePdf(ONE), settlePdf(OTHER))).toBe(0);
});

test('keeps every length, and all else as it is', () => {
  const settled = Buffer.from(settlePdf(ONE)).toString('latin1');
  expect(settled).toHaveLength(ONE.length);
  expect(settled).toContain('  /xo11 69 0 R\n  /xo2 51 0 R\n  /xo7 61 0 R\n  >>');
  expect(settled).toContain('\u00e9\u00ff<xmpMM');
});

test('names files of other content otherwise', () => {
  const changed = settlePdf(pdf('  /xo7 62 0 R\n  /xo2 51 0 R\n', 'wTqV5K+QObtXMuao47a8hw=='));
  const id = (bytes: Uint8Array) =>
    /InstanceID>([^<]*)/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  expect(id(changed)).not.toBe(id(settlePdf(ONE)));
  expect(id(changed)).toMatch(/^[\w+/]{22}==$/);
});
