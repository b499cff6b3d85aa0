/** Files dropped or pasted anywhere on the page. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** @returns whether files hover above the page */
export function useDrop(take: (files: readonly File[]) => void): boolean {
  const [dropping, setDropping] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const listeners: readonly [string, (event: Event) => void][] = [
      [
        'dragenter',
        (event) => {
          if (!hasFiles(event as DragEvent)) return;
          depth++;
          setDropping(true);
        },
      ],
      [
        'dragleave',
        () => {
          depth = Math.max(0, depth - 1);
          if (depth === 0) setDropping(false);
        },
      ],
      ['dragover', (event) => hasFiles(event as DragEvent) && event.preventDefault()],
      [
        'drop',
        (event) => {
          depth = 0;
          setDropping(false);
          const { dataTransfer } = event as DragEvent;
          if (dataTransfer === null || dataTransfer.files.length === 0) return;
          event.preventDefault();
          latest.current([...dataTransfer.files]);
        },
      ],
      [
        'paste',
        (event) => {
          const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])];
          if (files.length > 0) latest.current(files);
        },
      ],
    ];
    for (const [type, listener] of listeners) addEventListener(type, listener);
    return () => {
      for (const [type, listener] of listeners) removeEventListener(type, listener);
    };
  }, []);
  return dropping;
}
