/** A rectangle of whole pixels; (x, y) is its top left pixel. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
