/** What the part really is, as somebody who knows says; and all of that as files. */
import { useState } from 'preact/hooks';
import type { Verdict } from '../../src/browser/browser.ts';
import type { ErrorDetails } from '../../src/core/error.ts';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { saveFile } from '../parts/saveFile.ts';
import type { Label, Photo } from '../state/photo.ts';
import { detailsOf } from '../state/usePage.ts';
import { agrees } from '../state/verdictHere.ts';
import { calibrationSet } from './calibrationSet.ts';

export interface LabelPanelProps {
  readonly photo: Photo;
  readonly photos: readonly Photo[];
  readonly verdict: Verdict | undefined;
  readonly onLabel: (label: Label | undefined) => void;
  readonly category: string | undefined;
}

const CHOICES = [
  { label: 'normal', title: 'Good', key: 'G' },
  { label: 'anomalous', title: 'Flawed', key: 'F' },
] as const;

export function LabelPanel({ photo, photos, verdict, onLabel, category }: LabelPanelProps) {
  const count = (label: Label) => photos.filter((other) => other.label === label).length;
  const [good, flawed] = [count('normal'), count('anomalous')];
  const agreement = verdict && agrees(verdict, photo.label);
  const [error, setError] = useState<ErrorDetails>();
  const save = async () => {
    setError(undefined);
    try {
      const blob = await calibrationSet(photos);
      saveFile(`${category ?? 'flawmap'}-labels.zip`, blob);
    } catch (caught) {
      setError(detailsOf(caught, 'the calibration set'));
    }
  };
  return (
    <section class="panel labels" aria-labelledby="labels-title">
      <h2 id="labels-title">What is it really?</h2>
      <div class="row choices">
        {CHOICES.map(({ label, title, key }) => (
          <button
            key={label}
            type="button"
            class={label}
            aria-pressed={photo.label === label}
            aria-keyshortcuts={key}
            title={`Key ${key}`}
            onClick={() => onLabel(photo.label === label ? undefined : label)}
          >
            {title}
          </button>
        ))}
        <span class={`agreement ${agreement === false ? 'wrong' : ''}`} role="status">
          {agreement === true && 'The verdict is right.'}
          {agreement === false && 'The verdict is wrong.'}
        </span>
      </div>
      {good + flawed > 0 && (
        <div class="row">
          <span>
            {good} good, {flawed} flawed
          </span>
          <button type="button" onClick={save}>
            Download as calibration set
          </button>
        </div>
      )}
      {error && <ErrorNote error={error} />}
    </section>
  );
}
