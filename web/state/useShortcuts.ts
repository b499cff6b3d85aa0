/** Keys that work wherever the focus is, but in fields and in the photograph's own pane. */
import { useEffect, useRef } from 'preact/hooks';
import { isField } from '../parts/isField.ts';
import type { Label } from './photo.ts';

export interface Shortcuts {
  /** `,` and `.`: the photograph before, the one after. */
  step(by: number): void;
  /** G and F. */
  label(label: Label): void;
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKey = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey || isField(target)) return;
      const { step, label } = latest.current;
      if (key === ',') step(-1);
      else if (key === '.') step(1);
      else if (key.toLowerCase() === 'g') label('normal');
      else if (key.toLowerCase() === 'f') label('anomalous');
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
