/** The photograph in the middle of the page, with what the model found on it. */
import { useEffect, useState } from 'preact/hooks';
import type { Box } from '../../src/core/box.ts';
import type { FlawBox } from '../../src/inspection/judge/flawBoxes.ts';
import { isField } from '../parts/isField.ts';
import type { InspectedPhoto } from '../worker/protocol.ts';
import { Layers, type Shown } from './Layers.tsx';
import { Pane } from './Pane.tsx';
import type { Point, Size, Viewport } from './viewport.ts';

export interface ViewerProps {
  readonly name: string;
  readonly address: string;
  readonly inspected: InspectedPhoto | undefined;
  readonly pixelThreshold: number;
  readonly boxes: readonly FlawBox[];
  readonly part: Box | undefined;
  readonly picked: Box | undefined;
  readonly onPick: (at: Point) => void;
}

const SHOWN: Shown = { heat: 'flaws', opacity: 1, outline: true, boxes: true };
const HEATS = [
  { value: 'flaws', title: 'Flaws' },
  { value: 'all', title: 'All distances' },
  { value: 'none', title: 'No heat' },
] as const;

export function Viewer(props: ViewerProps) {
  const { name, address, inspected, pixelThreshold, boxes, part, picked, onPick } = props;
  const [shown, setShown] = useState(SHOWN);
  const [view, setView] = useState<Viewport>();
  const [beside, setBeside] = useState(false);
  const [held, setHeld] = useState(false);
  const [natural, setNatural] = useState<Size>();
  const size = inspected ?? natural;
  const key = size && `${size.width} x ${size.height}`;
  // Another size is seen whole at first.
  useEffect(() => setView(undefined), [key]);
  useHeldKey('c', setHeld);

  const plain = (
    <img
      class="photo"
      src={address}
      alt={name}
      draggable={false}
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
        setNatural({ width, height })
      }
    />
  );
  const layers = (scale: number) =>
    inspected &&
    part &&
    !held && (
      <Layers
        map={inspected.map}
        pixelThreshold={pixelThreshold}
        boxes={boxes}
        size={inspected}
        part={part}
        shown={shown}
        picked={picked}
        scale={scale}
      />
    );
  const pane = { size: size ?? { width: 1, height: 1 }, view, onView: setView, onPick };
  return (
    <section class="viewer" aria-label="Photograph">
      <div class="panes">
        {beside && (
          <Pane {...pane} label={`${name} as it is`} caption="As it is">
            {() => plain}
          </Pane>
        )}
        <Pane
          {...pane}
          label={`${name} with what the model found`}
          {...(held ? { caption: 'As it is' } : beside ? { caption: 'With the map' } : {})}
        >
          {(scale) => (
            <>
              {plain}
              {layers(scale)}
            </>
          )}
        </Pane>
      </div>
      <fieldset class="tools">
        <legend class="hidden">What is shown</legend>
        <select
          aria-label="Heat map"
          value={shown.heat}
          onChange={({ currentTarget }) =>
            setShown({ ...shown, heat: currentTarget.value as Shown['heat'] })
          }
        >
          {HEATS.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
        <label class="opacity">
          Opacity
          <input
            type="range"
            min="0"
            max="1"
            step="0.05"
            value={shown.opacity}
            disabled={shown.heat === 'none'}
            onInput={({ currentTarget }) =>
              setShown({ ...shown, opacity: Number(currentTarget.value) })
            }
          />
        </label>
        <Toggle
          name="Outline"
          on={shown.outline}
          set={(outline) => setShown({ ...shown, outline })}
        />
        <Toggle
          name="Boxes"
          on={shown.boxes}
          set={(frames) => setShown({ ...shown, boxes: frames })}
        />
        <Toggle name="Side by side" on={beside} set={setBeside} />
        <button
          type="button"
          aria-pressed={held}
          title="Held, it shows the photograph alone (key C)"
          onPointerDown={() => setHeld(true)}
          onPointerUp={() => setHeld(false)}
          onPointerLeave={() => setHeld(false)}
          onKeyDown={({ key: pressed }) => pressed === ' ' && setHeld(true)}
          onKeyUp={() => setHeld(false)}
          onBlur={() => setHeld(false)}
        >
          Hold to compare
        </button>
        <button type="button" disabled={view === undefined} onClick={() => setView(undefined)}>
          Whole
        </button>
      </fieldset>
    </section>
  );
}

interface ToggleProps {
  readonly name: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

function Toggle({ name, on, set }: ToggleProps) {
  return (
    <button type="button" aria-pressed={on} onClick={() => set(!on)}>
      {name}
    </button>
  );
}

/** While a key is down, wherever the focus is, but in fields that are written in. */
function useHeldKey(wanted: string, set: (held: boolean) => void): void {
  useEffect(() => {
    const isFor = ({ key, target, ctrlKey, metaKey }: KeyboardEvent) =>
      key.toLowerCase() === wanted && !ctrlKey && !metaKey && !isField(target);
    const down = (event: KeyboardEvent) => isFor(event) && set(true);
    const up = ({ key }: KeyboardEvent) => key.toLowerCase() === wanted && set(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
    };
  }, [wanted, set]);
}
