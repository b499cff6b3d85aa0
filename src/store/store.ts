/** Where machines that share work leave things for each other: bytes by name, written once. */

/** What is written; it can be read again where a first try fails. */
export type StoreSource = Uint8Array | { readonly file: string };

export interface StoreControl {
  /** Stops between two pieces; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

export interface Store extends AsyncDisposable {
  /** For people: an absolute path, or `s3://bucket/prefix`. */
  readonly url: string;
  /**
   * Pieces of what has this name, in order; goes on by itself after a broken connection.
   * @returns undefined where nothing has it
   * @throws FlawmapError (environment) where the store cannot be read; while reading, too
   */
  read(name: string, control?: StoreControl): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Gives the name to these bytes: all of them or none, also where this process is killed.
   * @returns false where something has it already, which stays: who is first wins. In S3 it may also
   * be what this call wrote, where an answer was lost; and a few servers cannot tell, so that of two
   * that write at once both hear true, and one's bytes stay.
   * @throws FlawmapError (environment) where nothing can be written; the system's error where the
   * source cannot be read
   */
  write(name: string, source: StoreSource, control?: StoreControl): Promise<boolean>;
  has(name: string, control?: StoreControl): Promise<boolean>;
  /** No error where nothing has this name. */
  remove(name: string, control?: StoreControl): Promise<void>;
  /** All names that begin so, in no particular order. */
  list(prefix: string, control?: StoreControl): AsyncIterable<string>;
}
