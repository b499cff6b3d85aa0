import { GOOD } from '../labelledFolders.ts';

const NORMAL: readonly string[] = [GOOD, 'ok', 'normal'];

/** Whether a label, or a folder's name, says that there is no defect. */
export const isNormalName = (name: string): boolean => NORMAL.includes(name.trim().toLowerCase());

/** What a defective image with several types of defect is called. */
export const COMBINED = 'combined';

/** The one type of defect, or that there are several. */
export function defectTypeOf(labels: readonly string[]): string {
  const types = [...new Set(labels)];
  return types.length === 1 ? types[0]! : COMBINED;
}
