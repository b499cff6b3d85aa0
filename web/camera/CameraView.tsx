/** What the camera sees, judged as fast as it can be. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FlawmapError } from '../../src/core/error.ts';
import { seenPart } from '../../src/detector/mapGeometry.ts';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { score as told } from '../parts/numbers.ts';
import { VerdictBadge } from '../parts/VerdictBadge.tsx';
import { detailsOf, type Page } from '../state/usePage.ts';
import { verdictHere } from '../state/verdictHere.ts';
import { ThresholdPanel } from '../threshold/ThresholdPanel.tsx';
import { Layers, type Shown } from '../view/Layers.tsx';
import { Pane } from '../view/Pane.tsx';
import type { Viewport } from '../view/viewport.ts';
import type { InspectedPhoto, OpenedModel } from '../worker/protocol.ts';
import { openCamera } from './openCamera.ts';

export interface CameraViewProps {
  readonly page: Page;
  readonly opened: OpenedModel;
}

const SHOWN: Shown = { heat: 'flaws', opacity: 1, outline: true, boxes: true };
/** Weight of the last frame in the rate shown. */
const NEW = 0.2;

export function CameraView({ page, opened }: CameraViewProps) {
  const { state, change, addPhoto } = page;
  const live = useLive(page, opened);
  const { metadata } = opened;
  const { inspected, error } = live;
  const [view, setView] = useState<Viewport>();
  const part = useMemo(
    () => inspected && seenPart(inspected.width, inspected.height, metadata.preprocessing),
    [inspected, metadata],
  );
  const verdict = inspected && verdictHere(inspected, state.threshold);
  const freeze = () =>
    live.canvas.current?.toBlob((blob) => {
      const time = new Date().toISOString().slice(0, 19).replace(/:/g, '-');
      if (blob !== null) addPhoto(`camera-${time}.png`, blob);
    }, 'image/png');
  const flagged = verdict === 'anomalous' || verdict === 'unsure';
  return (
    <div class="workplace camera">
      <section class="viewer" aria-label="Camera">
        <div class="panes">
          <Pane
            size={inspected ?? { width: 4, height: 3 }}
            view={view}
            onView={setView}
            label="What the camera sees"
          >
            {(scale) => (
              <>
                <canvas ref={live.canvas} class="photo" />
                {inspected && part && (
                  <Layers
                    map={inspected.map}
                    pixelThreshold={metadata.calibration.pixel.threshold}
                    boxes={flagged ? inspected.boxes : []}
                    size={inspected}
                    part={part}
                    shown={SHOWN}
                    picked={undefined}
                    scale={scale}
                  />
                )}
              </>
            )}
          </Pane>
        </div>
      </section>
      <div class="side">
        <section class="panel verdict" aria-labelledby="camera-title">
          <h2 id="camera-title">Camera</h2>
          {error && <ErrorNote error={error} />}
          {inspected && verdict && (
            <>
              <p class="word">
                <VerdictBadge verdict={verdict} />
              </p>
              <p class="reason">
                {verdict === 'not judged' ? inspected.reason : `Score ${told(inspected.score)}.`}
              </p>
              <p class="faint">{live.rate.toFixed(1)} images a second</p>
            </>
          )}
          {!error && !inspected && <p class="faint">Waiting for the camera…</p>}
          <div class="row">
            <button type="button" class="main" disabled={!inspected} onClick={freeze}>
              Freeze this frame
            </button>
            <button type="button" onClick={() => change({ kind: 'camera', camera: false })}>
              Stop
            </button>
          </div>
        </section>
        <ThresholdPanel
          page={page}
          opened={opened}
          score={verdict === 'not judged' ? undefined : inspected?.score}
        />
      </div>
    </div>
  );
}

/** Frames go to the worker one after the other; what is shown is the frame that was judged. */
function useLive({ engine }: Page, opened: OpenedModel) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [inspected, setInspected] = useState<InspectedPhoto>();
  const [error, setError] = useState<FlawmapError['details']>();
  const rate = useRef(0);
  useEffect(() => {
    const stopped = new AbortController();
    const { signal } = stopped;
    setInspected(undefined);
    setError(undefined);
    const run = async () => {
      const camera = await openCamera(signal);
      try {
        while (!signal.aborted) {
          const start = performance.now();
          const frame = await camera.frame();
          const shown = await createImageBitmap(frame);
          const result = await engine.inspect({
            source: frame,
            name: 'the camera’s frame',
            thumbnail: false,
          });
          if (signal.aborted) return;
          draw(canvas.current, shown);
          const now = 1000 / (performance.now() - start);
          rate.current = rate.current === 0 ? now : rate.current + NEW * (now - rate.current);
          setInspected(result);
        }
      } finally {
        camera.stop();
      }
    };
    run().catch((caught) => {
      if (!signal.aborted) setError(detailsOf(caught, 'the camera'));
    });
    return () => stopped.abort();
  }, [engine, opened]);
  return { canvas, inspected, error, rate: rate.current };
}

function draw(canvas: HTMLCanvasElement | null, frame: ImageBitmap): void {
  if (canvas === null) return;
  canvas.width = frame.width;
  canvas.height = frame.height;
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  frame.close();
}
