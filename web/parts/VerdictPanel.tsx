/** What the model says of the photograph, why, and where. */
import type { Verdict } from '../../src/browser/browser.ts';
import type { FlawBox } from '../../src/inspection/judge/flawBoxes.ts';
import type { Photo } from '../state/photo.ts';
import type { InspectedPhoto } from '../worker/protocol.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { milliseconds, score as told } from './numbers.ts';
import { VerdictBadge } from './VerdictBadge.tsx';

export interface VerdictPanelProps {
  readonly photo: Photo;
  readonly inspected: InspectedPhoto | undefined;
  readonly verdict: Verdict | undefined;
  /** Chosen here. */
  readonly threshold: number | undefined;
  readonly boxes: readonly FlawBox[];
  readonly mmPerPixel: number | undefined;
  readonly onMmPerPixel: (mmPerPixel: number | undefined) => void;
  readonly waitsForModel: boolean;
}

export function VerdictPanel(props: VerdictPanelProps) {
  const { photo, inspected, verdict, threshold, boxes, mmPerPixel, onMmPerPixel } = props;
  return (
    <section class="panel verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title" class="file-name">
        <bdi>{photo.name}</bdi>
      </h2>
      <div role="status">
        {inspected && verdict && (
          <>
            <p class="word">
              <VerdictBadge verdict={verdict} />
            </p>
            <p class="reason" data-score={inspected.score}>
              {reasonHere(inspected, verdict, threshold)}
            </p>
          </>
        )}
        {photo.state.kind === 'waiting' && (
          <p class="faint">
            {props.waitsForModel ? 'It is judged as soon as a model is open.' : 'Being judged…'}
          </p>
        )}
      </div>
      {photo.state.kind === 'failed' && <ErrorNote error={photo.state.error} />}
      {boxes.length > 0 && <BoxTable boxes={boxes} />}
      {inspected && (
        <div class="row">
          <label class="millimetres">
            Millimetres a pixel
            <input
              type="number"
              min="0"
              step="any"
              value={mmPerPixel ?? ''}
              onInput={({ currentTarget: { valueAsNumber } }) =>
                onMmPerPixel(valueAsNumber > 0 ? valueAsNumber : undefined)
              }
            />
          </label>
          <span class="faint">
            {inspected.width} × {inspected.height}, {milliseconds(inspected.milliseconds.inspect)}
          </span>
        </div>
      )}
    </section>
  );
}

function reasonHere(
  { reason, score }: InspectedPhoto,
  verdict: Verdict,
  threshold: number | undefined,
): string {
  if (threshold === undefined || verdict === 'not judged') return reason;
  const side = verdict === 'anomalous' ? 'above' : 'not above';
  return `The score ${told(score)} is ${side} ${told(threshold)}, the threshold chosen here.`;
}

function BoxTable({ boxes }: { readonly boxes: readonly FlawBox[] }) {
  const inMillimetres = boxes[0]?.millimetres !== undefined;
  return (
    <table class="boxes">
      <caption class="hidden">Where it is flawed</caption>
      <thead>
        <tr>
          <th scope="col">Flaw</th>
          <th scope="col">Pixels</th>
          {inMillimetres && <th scope="col">Length, area</th>}
          <th scope="col">Peak</th>
        </tr>
      </thead>
      <tbody>
        {boxes.map(({ width, height, peak, millimetres: size }, place) => (
          <tr key={place}>
            <th scope="row">{place + 1}</th>
            <td>
              {width} × {height}
            </td>
            {size && (
              <td>
                {told(size.length)} mm, {told(size.area)} mm²
              </td>
            )}
            <td>{told(peak)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
