/** All photographs, small, with their verdicts. */
import { useEffect, useRef } from 'preact/hooks';
import type { Verdict } from '../../src/browser/browser.ts';
import { inspectedOf, type Photo } from '../state/photo.ts';
import type { Page } from '../state/usePage.ts';
import { agrees } from '../state/verdictHere.ts';
import { VerdictBadge } from './VerdictBadge.tsx';

export interface StripProps {
  readonly page: Page;
  readonly verdictOf: (photo: Photo) => Verdict | undefined;
}

export function Strip({ page: { state, change, removePhoto }, verdictOf }: StripProps) {
  const { photos, selected, camera } = state;
  const waiting = photos.filter(({ state: { kind } }) => kind === 'waiting').length;
  const done = photos.length - waiting;
  return (
    <nav class="strip" aria-label="Photographs">
      <p class="count" role="status">
        {waiting > 0 ? `${done} of ${photos.length} judged` : `${photos.length} judged`}
      </p>
      <ol>
        {photos.map((photo) => (
          <Entry
            key={photo.id}
            photo={photo}
            verdict={verdictOf(photo)}
            current={photo.id === selected && !camera}
            onSelect={() => change({ kind: 'select', id: photo.id })}
            onRemove={() => removePhoto(photo)}
          />
        ))}
      </ol>
    </nav>
  );
}

interface EntryProps {
  readonly photo: Photo;
  readonly verdict: Verdict | undefined;
  readonly current: boolean;
  readonly onSelect: () => void;
  readonly onRemove: () => void;
}

function Entry({ photo, verdict, current, onSelect, onRemove }: EntryProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const thumbnail = useThumbnail(inspectedOf(photo)?.thumbnail);
  const disagrees = verdict !== undefined && agrees(verdict, photo.label) === false;
  return (
    <li ref={item} class={disagrees ? 'disagrees' : ''}>
      <button
        type="button"
        class="entry"
        aria-current={current ? 'true' : undefined}
        title={photo.name}
        onClick={onSelect}
      >
        <img ref={thumbnail} alt="" class={inspectedOf(photo) ? '' : 'empty'} />
        <span class="name">{photo.name}</span>
        {verdict && <VerdictBadge verdict={verdict} small />}
        {photo.state.kind === 'failed' && <span class="badge none small">!</span>}
        {photo.state.kind === 'failed' && <span class="hidden"> cannot be read</span>}
        {photo.state.kind === 'waiting' && <span class="badge waiting small">…</span>}
        {photo.label && (
          <span class="said">
            {photo.label === 'normal' ? 'good' : 'flawed'}
            <span class="hidden">, as you said</span>
          </span>
        )}
      </button>
      <button type="button" class="remove" aria-label={`Remove ${photo.name}`} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

/** The address is made and taken back with the element. */
function useThumbnail(thumbnail: Blob | undefined) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    if (thumbnail === undefined || image.current === null) return;
    const address = URL.createObjectURL(thumbnail);
    image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [thumbnail]);
  return image;
}
