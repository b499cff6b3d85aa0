/**
 * flawmap in a page: `import { loadInBrowser } from 'flawmap/browser'`. Nothing of Node.js in it.
 * @module flawmap/browser
 */
export { FlawmapError } from '../core/error.ts';
export type { InspectorMetadata } from '../detector/inspector/metadata.ts';
export type { FloatMap, RgbImage } from '../image/image.ts';
export type { InspectedImage } from '../inspection/judge/imageJudge.ts';
export type { Judgement, Verdict } from '../inspection/judge/judgement.ts';
export { exposeSearch, type SearchOutputs, searchOutputs } from './exposeSearch.ts';
export {
  type BrowserInspector,
  type BrowserOptions,
  type InspectedInBrowser,
  type InspectorFile,
  loadInBrowser,
  readInspectorBytes,
  rgbOfCanvas,
  type WebSession,
  type WebTensor,
} from './loadInBrowser.ts';
export {
  createFindNearest,
  type FindNearest,
  type NearestPatch,
  type NearestRows,
} from './nearestPatches.ts';
