/** The document `audit --json` prints. */

/** Why an image deserves a look. */
export type AuditReason =
  | 'suspicious'
  | 'blurred'
  | 'over-exposed'
  | 'under-exposed'
  | 'other brightness';

export interface AuditedImage {
  readonly id: string;
  readonly path: string;
  /** Leave-one-image-out score: how far its strangest patches are from all other images. */
  readonly score: number;
  /** Robust z of the score's logarithm among all images. */
  readonly z: number;
  readonly sharpness: number;
  /** Mean luminance, 0 to 255. */
  readonly brightness: number;
  readonly reasons: readonly AuditReason[];
}

export interface DuplicateGroup {
  /** `identical` in every pixel, or `near`: far more alike than the others are. */
  readonly kind: 'identical' | 'near';
  readonly ids: readonly string[];
}

export interface AuditReport {
  readonly category: string;
  readonly root: string;
  readonly backbone: string;
  /** How the reasons were decided, in words. */
  readonly rules: Readonly<Record<string, string>>;
  /** Strangest first. */
  readonly images: readonly AuditedImage[];
  readonly duplicates: readonly DuplicateGroup[];
  readonly files?: { readonly sheet: string; readonly exclude: string; readonly report: string };
}
