/** A file of a report before it is written. */
export interface ReportFile {
  /** Path within the report's folder, with `/`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}
