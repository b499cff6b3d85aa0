/** Every address that is described in /openapi.json. */
import type { Endpoint } from '../endpoint.ts';
import { inspectEndpoint } from './inspect.ts';
import { inspectBatchEndpoint } from './inspectBatch.ts';
import { MODEL_ENDPOINTS } from './models.ts';
import { OPERATION_ENDPOINTS } from './operation.ts';
import { overrideEndpoint } from './override.ts';
import { STUDY_ENDPOINTS } from './study.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  ...MODEL_ENDPOINTS,
  inspectEndpoint,
  inspectBatchEndpoint,
  overrideEndpoint,
  ...OPERATION_ENDPOINTS,
  ...STUDY_ENDPOINTS,
];
