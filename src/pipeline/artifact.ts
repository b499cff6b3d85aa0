/** What a job leaves: a folder of files, described by the `artifact.json` in it, never rewritten. */
import type { KeyParts } from './jobKey.ts';

export interface ArtifactFile {
  /** Path within the folder, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** When the job ran, which may have been long ago. */
export interface Measured {
  readonly seconds: number;
  /**
   * The most memory that its process had in use meanwhile; where the system cannot tell (not
   * Linux), since the process began.
   */
  readonly peakBytes: number;
}

export interface Artifact {
  /** The job's id in the plan that asks. */
  readonly id: string;
  readonly key: string;
  /** Absolute path. */
  readonly folder: string;
  readonly measured: Measured;
  readonly files: readonly ArtifactFile[];
}

/** `artifact.json`; the key is the hash of `inputs`. */
export interface ArtifactDocument {
  readonly key: string;
  readonly inputs: KeyParts;
  readonly files: readonly ArtifactFile[];
  readonly measured: Measured;
}

export const ARTIFACT_DOCUMENT = 'artifact.json';
