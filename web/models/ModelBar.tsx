/** The top of the page: which model judges, and what photographs come from. */
import { useState } from 'preact/hooks';
import { FileButton } from '../parts/FileButton.tsx';
import { IMAGES } from '../parts/Welcome.tsx';
import type { Page } from '../state/usePage.ts';
import { chooseTheme, type Theme, themeNow } from '../theme/theme.ts';

export function ModelBar({ page }: { readonly page: Page }) {
  const { state, take, change, openEntry, forget } = page;
  const { model, entries, photos, camera } = state;
  const current = 'entry' in model ? model.entry : undefined;
  const isListed = entries.some(({ address }) => address === current?.address);
  const shown = current === undefined || isListed ? entries : [...entries, current];
  return (
    <header class="top">
      <h1 class="brand">flawmap</h1>
      <div class="model">
        {shown.length > 0 && (
          <select
            aria-label="Model"
            value={current?.address ?? ''}
            onChange={({ currentTarget }) => {
              const entry = shown.find(({ address }) => address === currentTarget.value);
              if (entry !== undefined) openEntry(entry);
            }}
          >
            {current === undefined && <option value="">Choose a model</option>}
            {shown.map(({ name, address, own }) => (
              <option key={address} value={address}>
                {own ? `${name} (kept in this browser)` : name}
              </option>
            ))}
          </select>
        )}
        <FileButton name="Open model" accept=".onnx" onFiles={take} />
        {current?.own && isListed && (
          <button type="button" onClick={() => forget(current)}>
            Forget it
          </button>
        )}
        <span class="progress" role="status">
          {model.kind === 'opening' && openingText(model.share)}
        </span>
      </div>
      <div class="actions">
        {photos.length > 0 && (
          <FileButton name="Add photographs" accept={IMAGES} multiple onFiles={take} />
        )}
        <button
          type="button"
          aria-pressed={camera}
          disabled={model.kind !== 'open'}
          onClick={() => change({ kind: 'camera', camera: !camera })}
        >
          Camera
        </button>
        <ThemeButton />
      </div>
    </header>
  );
}

const openingText = (share: number | undefined): string =>
  share === undefined || share === 1 ? 'Opening…' : `Loading ${Math.round(100 * share)}%`;

function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(themeNow);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      aria-label={`${other === 'dark' ? 'Dark' : 'Light'} colours`}
      onClick={() => {
        chooseTheme(other);
        setTheme(other);
      }}
    >
      {other === 'dark' ? 'Dark' : 'Light'}
    </button>
  );
}
