/**
 * Puts in order what the compiler leaves to chance, so that the same paper is the same bytes. Its
 * SVG writer lists the resources of a figure as a hash table gives them, and the identifier of the
 * file is a hash of that. Lines only change places and nothing changes its length, so the offsets
 * that a PDF's table of objects holds stay true.
 */
import { createHash } from 'node:crypto';

/** Entries of a resource dictionary, one a line: `/xo7 61 0 R`. */
const RESOURCES = /(?:^ *\/[A-Za-z]+\d+ \d+ 0 R\n){2,}/gm;

/** Of this very file, as base64 of 16 bytes: in its metadata, and in its trailer after another. */
const IN_METADATA = /(?<=<xmpMM:InstanceID>)[\w+/]{22}==(?=<)/;
const IN_TRAILER = /(?<=\/ID \[\([\w+/]{22}==\) \()[\w+/]{22}==(?=\)\])/;

export function settlePdf(pdf: Uint8Array): Uint8Array {
  const ordered = Buffer.from(pdf)
    .toString('latin1')
    .replaceAll(RESOURCES, (lines) => `${lines.trimEnd().split('\n').toSorted().join('\n')}\n`);
  const unnamed = ordered.replace(IN_METADATA, '').replace(IN_TRAILER, '');
  const id = createHash('md5').update(unnamed, 'latin1').digest('base64');
  return Uint8Array.from(
    Buffer.from(ordered.replace(IN_METADATA, id).replace(IN_TRAILER, id), 'latin1'),
  );
}
