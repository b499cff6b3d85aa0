/** What all addresses work with. */
import type { Admission } from './admission.ts';
import type { Conditions } from './conditions.ts';
import type { Limits } from './limits.ts';
import type { ServeMetrics } from './metrics.ts';
import type { ServedModels } from './models.ts';
import type { Page } from './page.ts';
import type { Reloads } from './reload/reloads.ts';
import type { ShownStudies } from './studies.ts';
import type { VerdictLog } from './verdictLog.ts';
import type { Pool } from './workers/pool.ts';

export interface Service {
  readonly models: Pick<ServedModels, 'current' | 'judgedBy'>;
  readonly reloads: Pick<Reloads, 'status' | 'stale'>;
  readonly limits: Limits;
  readonly mmPerPixel: number | undefined;
  readonly pool: Pool;
  readonly admission: Admission;
  /** Undefined: nothing is written down. */
  readonly log: VerdictLog | undefined;
  readonly conditions: Conditions;
  readonly metrics: ServeMetrics;
  readonly page: Page;
  /** Reads how studies on a queue are; undefined: the server knows of none. */
  readonly studies: (() => Promise<ShownStudies>) | undefined;
  /** Undefined: whoever reaches the server may use it. */
  readonly token: string | undefined;
  /** Whether what is taken is still finished, and nothing new is. */
  isClosing(): boolean;
  /** Told of failures that are the server's own. */
  onFailure(error: unknown): void;
}
