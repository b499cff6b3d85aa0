/** What is laid over a photograph: heat, the outline of flaws, frames, the patch looked at. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Box } from '../../src/core/box.ts';
import type { FloatMap } from '../../src/image/image.ts';
import type { FlawBox } from '../../src/inspection/judge/flawBoxes.ts';
import { contourPath } from './contourPath.ts';
import { type HeatKind, heatPixels } from './heatPixels.ts';
import type { Size } from './viewport.ts';

export interface Shown {
  readonly heat: HeatKind | 'none';
  /** 0 to 1. */
  readonly opacity: number;
  readonly outline: boolean;
  readonly boxes: boolean;
}

export interface LayersProps {
  readonly map: FloatMap;
  readonly pixelThreshold: number;
  readonly boxes: readonly FlawBox[];
  /** Of the photograph, in pixels. */
  readonly size: Size;
  /** The part of it that the map covers. */
  readonly part: Box;
  readonly shown: Shown;
  readonly picked: Box | undefined;
  /** Screen pixels a pixel of the photograph, for what keeps its size. */
  readonly scale: number;
}

export function Layers(props: LayersProps) {
  const { map, pixelThreshold, boxes, size, part, shown, picked, scale } = props;
  const outline = useMemo(() => contourPath(map, pixelThreshold), [map, pixelThreshold]);
  const onMap = `translate(${part.x} ${part.y}) scale(${part.width / map.width} ${part.height / map.height})`;
  return (
    <>
      {shown.heat !== 'none' && (
        <HeatCanvas
          map={map}
          pixelThreshold={pixelThreshold}
          kind={shown.heat}
          part={part}
          opacity={shown.opacity}
        />
      )}
      <svg
        class="marks"
        viewBox={`0 0 ${size.width} ${size.height}`}
        style={{ width: `${size.width}px`, height: `${size.height}px`, '--scale': String(scale) }}
        aria-hidden="true"
      >
        {shown.outline && (
          <g transform={onMap}>
            <path class="outline under" d={outline} />
            <path class="outline" d={outline} />
          </g>
        )}
        {shown.boxes &&
          boxes.map((box, place) => (
            <g key={place}>
              <rect class="frame under" {...rectangle(box)} />
              <rect class="frame" {...rectangle(box)} />
              <text class="frame-number" x={box.x} y={box.y - 5 / scale} font-size={13 / scale}>
                {place + 1}
              </text>
            </g>
          ))}
        {picked && (
          <>
            <rect class="picked under" {...rectangle(picked)} />
            <rect class="picked" {...rectangle(picked)} />
          </>
        )}
      </svg>
    </>
  );
}

const rectangle = ({ x, y, width, height }: Box) => ({ x, y, width, height });

interface HeatProps {
  readonly map: FloatMap;
  readonly pixelThreshold: number;
  readonly kind: HeatKind;
  readonly part: Box;
  readonly opacity: number;
}

function HeatCanvas({ map, pixelThreshold, kind, part, opacity }: HeatProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = useMemo(() => heatPixels(map, pixelThreshold, kind), [map, pixelThreshold, kind]);
  useLayoutEffect(() => {
    canvas.current
      ?.getContext('2d')
      ?.putImageData(new ImageData(pixels, map.width, map.height), 0, 0);
  }, [pixels, map]);
  return (
    <canvas
      ref={canvas}
      class="heat"
      width={map.width}
      height={map.height}
      style={{
        left: `${part.x}px`,
        top: `${part.y}px`,
        width: `${part.width}px`,
        height: `${part.height}px`,
        opacity: String(opacity),
      }}
    />
  );
}
