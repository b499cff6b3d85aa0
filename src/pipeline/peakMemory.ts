import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Begins to watch the resident memory of this process.
 * @returns a function that gives the highest since then in bytes; where the system cannot forget
 * what was before (not Linux), the highest since the process began
 */
export function watchPeakMemory(): () => number {
  try {
    // proc(5): resets VmHWM, the high water mark.
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    return () => process.resourceUsage().maxRSS * 1024;
  }
  return () => {
    const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(peak?.[1] ?? process.resourceUsage().maxRSS) * 1024;
  };
}
