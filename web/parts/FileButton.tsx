/** A button that asks for files. */
import { useRef } from 'preact/hooks';

export interface FileButtonProps {
  readonly name: string;
  /** Of the input: kinds of files. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly main?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function FileButton({ name, accept, multiple = false, main, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={main ? 'main' : ''} onClick={() => input.current?.click()}>
        {name}
      </button>
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={name}
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
