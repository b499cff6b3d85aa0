/** What to say of a document whose schema version is not the one this program writes. */

export interface OtherVersion {
  /** `schema version 3, written by flawmap 0.4.0` */
  readonly found: string;
  readonly remedy: string;
}

/**
 * @param document as parsed; `createdBy` in it, where it has one, names who wrote it
 * @param version the one that can be read
 * @param again what makes such a document anew, as a request: `fit again`
 * @returns undefined where it has that version
 */
export function otherVersion(
  document: unknown,
  version: number,
  again: string,
): OtherVersion | undefined {
  const { schemaVersion, createdBy } = (document ?? {}) as Readonly<Record<string, unknown>>;
  if (schemaVersion === version) return undefined;
  if (schemaVersion === undefined) {
    return { found: 'a document without schemaVersion', remedy: again };
  }
  const author = typeof createdBy === 'string' && createdBy !== '' ? createdBy : undefined;
  const found = `schema version ${JSON.stringify(schemaVersion)}${author === undefined ? '' : `, written by ${author}`}`;
  if (typeof schemaVersion !== 'number') return { found, remedy: again };
  const reads = author ?? 'the version of flawmap that wrote it';
  return schemaVersion > version
    ? { found, remedy: `update flawmap: ${author ?? 'a newer version'} has written it` }
    : { found, remedy: `${again}; ${reads} can still read it` };
}
