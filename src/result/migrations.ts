/** Documents of earlier schema versions, brought to the present one step by step. */

/** A document of one version to one of the next; `schemaVersion` is set by who calls it. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * By the version they start from. A version without one cannot be read any more: what it holds is
 * not what the next one needs.
 */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

/**
 * @param version the version wanted
 * @returns the document itself where it has that version; null where there is no way to it
 */
export function migrate(
  document: Readonly<Record<string, unknown>>,
  version: number,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): Readonly<Record<string, unknown>> | null {
  let migrated = document;
  while (migrated.schemaVersion !== version) {
    const from = Number(migrated.schemaVersion);
    const step = migrations[from];
    if (step === undefined || from > version) return null;
    migrated = { ...step(migrated), schemaVersion: from + 1 };
  }
  return migrated;
}
