/** The threshold, to be moved, and what it comes to wherever it is. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  BAND_CONFIDENCE,
  falsePositiveRate,
  missRate,
  type RateAt,
} from '../../src/calibration/ratesAtThreshold.ts';
import type { OrderStatisticBand } from '../../src/stats/orderStatisticBand.ts';
import { percent, score as told } from '../parts/numbers.ts';
import type { Page } from '../state/usePage.ts';
import type { OpenedModel } from '../worker/protocol.ts';
import { rangeOf } from './bins.ts';
import { type CalibrationScores, calibrationScores } from './calibrationScores.ts';
import { Histogram } from './Histogram.tsx';

export interface ThresholdPanelProps {
  readonly page: Page;
  readonly opened: OpenedModel;
  /** Of the photograph looked at. */
  readonly score: number | undefined;
}

const STEPS = 1000;

export function ThresholdPanel({ page, opened, score }: ThresholdPanelProps) {
  const { state, change } = page;
  const { metadata } = opened;
  const own = metadata.calibration.image.threshold;
  const threshold = state.threshold ?? own;
  const scores = useMemo(() => calibrationScores(metadata, state.photos), [metadata, state.photos]);
  const range = useMemo(
    () => rangeOf([...scores.normal, ...scores.anomalous, own, score ?? own]),
    [scores, own, score],
  );
  const rates = useRates(page, scores);
  const choose = (value: number) => change({ kind: 'threshold', threshold: value });
  const slider = Math.round(((threshold - range.low) / (range.high - range.low)) * STEPS);
  return (
    <section class="panel threshold-panel" aria-labelledby="threshold-title">
      <h2 id="threshold-title">Threshold</h2>
      <p class="legend">
        <span class="normal">{scores.normal.length} good, held out</span>
        {scores.anomalous.length > 0 && (
          <span class="anomalous">{scores.anomalous.length} flawed</span>
        )}
        {score !== undefined && <span class="this">this photograph</span>}
      </p>
      <Histogram
        normal={scores.normal}
        anomalous={scores.anomalous}
        range={range}
        threshold={threshold}
        own={own}
        score={score}
      />
      <input
        class="slider"
        type="range"
        min="0"
        max={STEPS}
        step="1"
        value={slider}
        aria-label="Threshold"
        aria-valuetext={told(threshold)}
        onInput={({ currentTarget }) => {
          const share = Number(currentTarget.value) / STEPS;
          // As many digits as are shown, so that what is shown is what judges.
          choose(Number((range.low + share * (range.high - range.low)).toPrecision(4)));
        }}
      />
      <div class="row">
        <label>
          Flagged above
          <input
            type="number"
            step="any"
            value={Number(threshold.toPrecision(state.threshold === undefined ? 4 : 7))}
            onInput={({ currentTarget: { valueAsNumber } }) =>
              Number.isFinite(valueAsNumber) && choose(valueAsNumber)
            }
          />
        </label>
        <button
          type="button"
          disabled={state.threshold === undefined}
          onClick={() => change({ kind: 'threshold', threshold: undefined })}
        >
          The model's own
        </button>
      </div>
      <dl class="rates" aria-live="polite">
        <Rate
          name="Good parts flagged"
          side="above it"
          rate={rates?.falsePositive(threshold)}
          unknown="No good images were held out."
        />
        <Rate
          name="Flawed parts missed"
          side="not above it"
          rate={rates?.miss(threshold)}
          unknown={
            <>
              Cannot be known: no flawed image has a label. Mark some above, or fit with{' '}
              <code>--calibrate</code>.
            </>
          }
        />
      </dl>
      <Basis scores={scores} />
    </section>
  );
}

interface RateProps {
  readonly name: string;
  readonly side: string;
  /** Undefined: being computed. */
  readonly rate: RateAt | undefined;
  readonly unknown: ComponentChildren;
}

function Rate({ name, side, rate, unknown }: RateProps) {
  return (
    <div>
      <dt>{name}</dt>
      {rate === undefined ? (
        <dd class="faint">…</dd>
      ) : rate.n === 0 ? (
        <dd class="faint">{unknown}</dd>
      ) : (
        <dd>
          <strong>{percent(rate.count / rate.n)}</strong>, between {percent(rate.low)} and{' '}
          {percent(rate.high)}
          <RateBar rate={rate} />
          <span class="faint">
            {rate.count} of {rate.n} {side}
          </span>
        </dd>
      )}
    </div>
  );
}

function RateBar({ rate: { count, n, low, high } }: { readonly rate: RateAt }) {
  return (
    <svg class="rate-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" x="0" y="3" width="100" height="2" />
      <rect class="band" x={100 * low} y="1" width={100 * (high - low)} height="6" />
      <rect class="point" x={Math.min(99, (100 * count) / n)} y="0" width="1" height="8" />
    </svg>
  );
}

function Basis({ scores: { setAside, labelledHere } }: { readonly scores: CalibrationScores }) {
  return (
    <details class="basis">
      <summary>What this rests on</summary>
      <p>
        With {percent(BAND_CONFIDENCE)} confidence the true rate lies within its bounds at every
        threshold at once, so also at the one you choose by looking. That holds if the images are
        like those to come.
        {setAside > 0 && ` ${setAside} good images that were set aside count as above it.`}
        {labelledHere > 0 &&
          ` ${labelledHere} of the flawed ones were marked here: mark all that you know of, not only those that were missed.`}{' '}
        Where you choose a threshold, nothing is called unsure.
      </p>
    </details>
  );
}

interface Rates {
  falsePositive(threshold: number): RateAt;
  miss(threshold: number): RateAt;
}

/** Bands of many images take long, so the worker makes them, each once. */
function useRates({ engine }: Page, scores: CalibrationScores): Rates | undefined {
  const { normal, setAside, anomalous } = scores;
  const bands = useRef(new Map<number, OrderStatisticBand>());
  const [, setReady] = useState(0);
  const [n, m] = [normal.length + setAside, anomalous.length];
  useEffect(() => {
    for (const count of [n, m]) {
      if (bands.current.has(count)) continue;
      engine.band(count).then(
        (band) => {
          bands.current.set(count, band);
          setReady((made) => made + 1);
        },
        () => undefined,
      );
    }
  }, [engine, n, m]);
  const [ofNormal, ofAnomalous] = [bands.current.get(n), bands.current.get(m)];
  return useMemo(
    () =>
      ofNormal &&
      ofAnomalous && {
        falsePositive: falsePositiveRate(normal, setAside, ofNormal),
        miss: missRate(anomalous, ofAnomalous),
      },
    [normal, setAside, anomalous, ofNormal, ofAnomalous],
  );
}
