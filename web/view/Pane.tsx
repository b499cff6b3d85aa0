/** A photograph that can be moved and enlarged: by wheel, fingers, mouse and keys. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  fitted,
  onPhoto,
  type Point,
  panned,
  type Size,
  type Viewport,
  zoomed,
} from './viewport.ts';

export interface PaneProps {
  readonly size: Size;
  /** Undefined: all of the photograph. Panes side by side share it. */
  readonly view: Viewport | undefined;
  readonly onView: (view: Viewport | undefined) => void;
  readonly onPick?: (at: Point) => void;
  readonly label: string;
  readonly caption?: string;
  /** @param scale screen pixels a pixel of the photograph */
  readonly children: (scale: number) => ComponentChildren;
}

const ZOOM_KEY = 1.25;
const PAN_KEY = 60;
/** A pointer that moved no farther has picked, not moved, in pixels. */
const STILL = 5;

export function Pane({ size, view, onView, onPick, label, caption, children }: PaneProps) {
  const element = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const pane = element.current!;
    const measure = () => setRoom({ width: pane.clientWidth, height: pane.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(pane);
    return () => observer.disconnect();
  }, []);
  const now = view ?? fitted(size, room);
  const zoom = (factor: number, at: Point = { x: room.width / 2, y: room.height / 2 }) =>
    onView(zoomed(now, factor, at, size, room));
  const pan = (by: Point) => onView(panned(now, by, size, room));
  const latest = useRef({ zoom, pan });
  latest.current = { zoom, pan };

  useEffect(() => {
    const pane = element.current!;
    // Not by preact: its listeners are passive, and the page would scroll.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      latest.current.zoom(Math.exp(-event.deltaY * lines * 0.0022), within(pane, event));
    };
    pane.addEventListener('wheel', onWheel, { passive: false });
    return () => pane.removeEventListener('wheel', onWheel);
  }, []);

  const fingers = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const pane = element.current!;
    pane.setPointerCapture(event.pointerId);
    if (fingers.current.size === 0) travelled.current = 0;
    fingers.current.set(event.pointerId, within(pane, event));
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const at = within(element.current!, event);
    fingers.current.set(event.pointerId, at);
    const by = { x: at.x - before.x, y: at.y - before.y };
    travelled.current += Math.hypot(by.x, by.y);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const spread = (point: Point) =>
        Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
      zoom(spread(at) / spread(before), middle);
    } else if (travelled.current > STILL) pan(by);
  };
  const onPointerUp = (event: PointerEvent) => {
    const known = fingers.current.delete(event.pointerId);
    if (!known || event.type === 'pointercancel' || travelled.current > STILL) return;
    if (fingers.current.size === 0) onPick?.(onPhoto(now, within(element.current!, event)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = KEYS[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (act === 'fit') onView(undefined);
    else if (typeof act === 'number') zoom(act);
    else pan(act);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: what it groups is a picture, not fields of a form
    <div
      ref={element}
      class="pane"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move and enlarge the picture
      tabIndex={0}
      aria-label={`${label}. Arrow keys move it, plus and minus enlarge and reduce it, 0 shows all of it.`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDblClick={() => (view === undefined ? zoom(3) : onView(undefined))}
      onKeyDown={onKeyDown}
    >
      <div
        class={`stage ${now.scale > 3 ? 'pixels' : ''}`}
        style={{
          width: `${size.width}px`,
          height: `${size.height}px`,
          transform: `translate(${now.x}px, ${now.y}px) scale(${now.scale})`,
        }}
      >
        {children(now.scale)}
      </div>
      {caption && <span class="caption">{caption}</span>}
    </div>
  );
}

const KEYS: Readonly<Record<string, number | Point | 'fit'>> = {
  '+': ZOOM_KEY,
  '=': ZOOM_KEY,
  '-': 1 / ZOOM_KEY,
  '0': 'fit',
  ArrowLeft: { x: PAN_KEY, y: 0 },
  ArrowRight: { x: -PAN_KEY, y: 0 },
  ArrowUp: { x: 0, y: PAN_KEY },
  ArrowDown: { x: 0, y: -PAN_KEY },
};

function within(pane: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = pane.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
