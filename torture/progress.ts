import { formatDuration } from '../src/cli/quantities.ts';

/** Seconds between two lines where stderr is no terminal. */
const LINE_SECONDS = 10;

/** `fuzzImages: 1200 of 20000, 50 s left` on stderr: one line that changes, or one now and then. */
export function showProgress(name: string): {
  report(done: number, total: number): void;
  end(): void;
} {
  const started = performance.now();
  const terminal = process.stderr.isTTY;
  let shown = 0;
  const report = (done: number, total: number) => {
    const now = performance.now();
    if (now - shown < (terminal ? 0.2 : LINE_SECONDS) * 1000 && done < total) return;
    shown = now;
    const seconds = (now - started) / 1000;
    const left = done > 0 ? `, ${formatDuration((seconds / done) * (total - done))} left` : '';
    const line = `${name}: ${done} of ${total}${done < total ? left : ''}`;
    process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  const end = () => {
    const took = `${name}: took ${formatDuration((performance.now() - started) / 1000)}`;
    process.stderr.write(terminal ? `\r\x1b[K${took}\n` : `${took}\n`);
  };
  return { report, end };
}
