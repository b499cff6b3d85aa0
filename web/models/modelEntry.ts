/** A model that can be chosen. */
export interface ModelEntry {
  readonly name: string;
  /** Where its file is, relative to the page. */
  readonly address: string;
  /** Given to the page by hand, and kept by this browser alone. */
  readonly own: boolean;
}
