/**
 * Where MVTec AD is published.
 *
 * Addresses: as linked from https://www.mvtec.com/company/research/datasets/mvtec-ad/downloads.
 * SHA-256 and size of the whole archive: as anomalib checks them (src/anomalib/data/datamodules/
 * image/mvtecad.py). MVTec publishes no hashes, and for the archives of single categories none are
 * known to us: what comes from there is checked by xz's own checksums and by the image counts.
 */
import { MVTEC_AD_COUNTS } from './publishedCounts.ts';

export interface MvtecArchive {
  readonly fileName: string;
  readonly url: string;
  /** Lower-case hexadecimal; undefined: unknown. */
  readonly sha256?: string;
  /** Bytes; undefined: unknown. */
  readonly size?: number;
  /** What it holds, a top-level folder each. */
  readonly categories: readonly string[];
}

export const MVTEC_CATEGORIES: readonly string[] = [...MVTEC_AD_COUNTS.keys()];

const SHARE = 'https://www.mydrive.ch/shares/38536/3830184030e49fe74747669442f0f282/download';

export const WHOLE_ARCHIVE: MvtecArchive = {
  fileName: 'mvtec_anomaly_detection.tar.xz',
  url: `${SHARE}/420938113-1629952094/mvtec_anomaly_detection.tar.xz`,
  sha256: 'cf4313b13603bec67abb49ca959488f7eedce2a9f7795ec54446c649ac98cd3d',
  size: 5_264_982_680,
  categories: MVTEC_CATEGORIES,
};

const FOLDERS: Readonly<Record<string, string>> = {
  bottle: `${SHARE}/420937370-1629951468`,
  cable: `${SHARE}/420937413-1629951498`,
  capsule: `${SHARE}/420937454-1629951595`,
  carpet: `${SHARE}/420937484-1629951672`,
  grid: `${SHARE}/420937487-1629951814`,
  hazelnut: `${SHARE}/420937545-1629951845`,
  leather: `${SHARE}/420937607-1629951964`,
  metal_nut: `${SHARE}/420937637-1629952063`,
  // The one category that is shared under another number.
  pill: 'https://www.mydrive.ch/shares/43421/11a215a5749fcfb75e331ddd5f8e43ee/download/420938129-1629953099',
  screw: `${SHARE}/420938130-1629953152`,
  tile: `${SHARE}/420938133-1629953189`,
  toothbrush: `${SHARE}/420938134-1629953256`,
  transistor: `${SHARE}/420938166-1629953277`,
  wood: `${SHARE}/420938383-1629953354`,
  zipper: `${SHARE}/420938385-1629953449`,
};

/** @param category one of {@link MVTEC_CATEGORIES} */
export function categoryArchive(category: string): MvtecArchive {
  const fileName = `${category}.tar.xz`;
  return { fileName, url: `${FOLDERS[category]}/${fileName}`, categories: [category] };
}

/** Shown before a download, and in the refusal where it was not accepted. */
export const MVTEC_LICENCE = `MVTec AD, Copyright 2019 MVTec Software GmbH, is licensed under Creative Commons
Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0):
https://creativecommons.org/licenses/by-nc-sa/4.0/
Commercial use is not allowed. Work that uses it cites Bergmann et al., "MVTec AD - A Comprehensive
Real-World Dataset for Unsupervised Anomaly Detection", CVPR 2019.`;
