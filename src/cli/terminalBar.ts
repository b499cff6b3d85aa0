/** cli-progress's bar, drawn as `reading images ━━━━━━━━────── 45% (90 of 200), 12 s left`. */
import { SingleBar } from 'cli-progress';
import { type Bar, describeProgress } from './progressDisplay.ts';
import type { StepState } from './stepTracker.ts';

const WIDTH = 24;

export function terminalBar(stream: NodeJS.WritableStream): Bar {
  const bar = new SingleBar({
    stream,
    clearOnComplete: true,
    linewrap: false,
    format: (_options, _params, step: StepState) => {
      const share = step.share ?? (step.total > 0 ? Math.min(1, step.done / step.total) : 0);
      const full = Math.round(share * WIDTH);
      return `${step.step} ${'━'.repeat(full)}${'─'.repeat(WIDTH - full)} ${describeProgress(step)}`;
    },
  });
  // Line wrapping, which the bar has switched off, must come back when the program ends at once.
  process.once('exit', () => bar.stop());
  return bar;
}
