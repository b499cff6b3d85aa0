/** Before there is a photograph: what the page does, and how to begin. */
import type { Page } from '../state/usePage.ts';
import { FileButton } from './FileButton.tsx';

export const IMAGES = 'image/png,image/jpeg,image/webp,image/bmp,image/gif,image/avif';

export function Welcome({ page: { state, take, change } }: { readonly page: Page }) {
  const { model } = state;
  const hasModel = model.kind === 'open' || model.kind === 'opening';
  return (
    <section class="welcome">
      <h2>Inspect photographs</h2>
      <p>
        Drop photographs here, paste one, or use the camera. They are judged by{' '}
        {model.kind === 'open' ? (
          <>
            the model <strong>{model.entry.name}</strong>
          </>
        ) : (
          'a model that flawmap has fitted'
        )}{' '}
        in this browser; nothing is sent anywhere.
      </p>
      <div class="starts">
        <FileButton
          name="Choose photographs"
          accept={IMAGES}
          multiple
          main={hasModel}
          onFiles={take}
        />
        <button
          type="button"
          disabled={model.kind !== 'open'}
          onClick={() => change({ kind: 'camera', camera: true })}
        >
          Use the camera
        </button>
        <FileButton name="Open a model file" accept=".onnx" main={!hasModel} onFiles={take} />
      </div>
      {model.kind === 'none' && (
        <p class="faint">
          First a model: the <code>.onnx</code> file that <code>flawmap fit</code> writes.
        </p>
      )}
    </section>
  );
}
