/** What a study is planned from, once its data and backbone have been looked at. */
import type { CategorySplit } from '../../data/splits/split.ts';
import type { Device } from '../../tensor/session/device.ts';
import type { StudyConfig } from '../config/studyConfig.ts';

export interface StudyCategory {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly root: string;
  readonly split: CategorySplit;
}

export interface StudyInput {
  readonly config: StudyConfig;
  readonly categories: readonly StudyCategory[];
  readonly backbone: {
    /** Name or absolute path, to open it with. */
    readonly place: string;
    readonly name: string;
    readonly sha256: string | null;
    readonly revision?: number;
    /** What its graph is computed on. */
    readonly device: Device;
    /** Rough seconds for one image on this machine. */
    readonly seconds: number;
  };
  readonly layers: { readonly patchcore: readonly string[]; readonly padim: readonly string[] };
}
