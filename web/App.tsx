/** The inspector page. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Verdict } from '../src/browser/browser.ts';
import { seenPart } from '../src/detector/mapGeometry.ts';
import { flawBoxes } from '../src/inspection/judge/flawBoxes.ts';
import { CameraView } from './camera/CameraView.tsx';
import { LabelPanel } from './labels/LabelPanel.tsx';
import { ModelBar } from './models/ModelBar.tsx';
import { ModelPanel } from './models/ModelPanel.tsx';
import { NearestPanel } from './nearest/NearestPanel.tsx';
import { startOffline } from './offline/startOffline.ts';
import { ErrorNote } from './parts/ErrorNote.tsx';
import { Strip } from './parts/Strip.tsx';
import { VerdictPanel } from './parts/VerdictPanel.tsx';
import { Welcome } from './parts/Welcome.tsx';
import { inspectedOf, type Label, type Photo } from './state/photo.ts';
import { useDrop } from './state/useDrop.ts';
import { type Page, usePage } from './state/usePage.ts';
import { useShortcuts } from './state/useShortcuts.ts';
import { verdictHere } from './state/verdictHere.ts';
import { ThresholdPanel } from './threshold/ThresholdPanel.tsx';
import { type Patch, patchAt, patchBox, worstPatch } from './view/patchGrid.ts';
import { Viewer } from './view/Viewer.tsx';
import type { OpenedModel } from './worker/protocol.ts';

export function App() {
  const page = usePage();
  const { state, change, take } = page;
  const { model, photos, selected, camera } = state;
  const dropping = useDrop(take);
  const [changeOver, setChangeOver] = useState<() => void>();
  useEffect(() => void startOffline((newer) => setChangeOver(() => newer)), []);
  const photo = photos.find(({ id }) => id === selected);
  useShortcuts({
    step: (by) => change({ kind: 'step', by }),
    label: (label) => photo && change({ kind: 'label', id: photo.id, label }),
  });
  const opened = model.kind === 'open' ? model.opened : undefined;
  return (
    <>
      <a class="skip" href="#main">
        To the photograph
      </a>
      <ModelBar page={page} />
      {changeOver && (
        <p class="newer" role="status">
          A newer version of this page is ready.{' '}
          <button type="button" onClick={changeOver}>
            Load it
          </button>
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {model.kind === 'failed' && <ErrorNote error={model.error} />}
        {camera && opened ? (
          <CameraView page={page} opened={opened} />
        ) : photo ? (
          <Workplace page={page} photo={photo} opened={opened} />
        ) : (
          <Welcome page={page} />
        )}
      </main>
      {photos.length > 0 && <Strip page={page} verdictOf={(of) => verdictOf(of, page)} />}
      <div class={`drop-veil ${dropping ? 'shown' : ''}`} aria-hidden="true">
        Drop photographs, or a model
      </div>
    </>
  );
}

function verdictOf(photo: Photo, { state }: Page): Verdict | undefined {
  const inspected = inspectedOf(photo);
  return inspected && verdictHere(inspected, state.threshold);
}

interface WorkplaceProps {
  readonly page: Page;
  readonly photo: Photo;
  readonly opened: OpenedModel | undefined;
}

/** One photograph and all that is known of it. */
function Workplace({ page, photo, opened }: WorkplaceProps) {
  const { state, change } = page;
  const inspected = opened && inspectedOf(photo);
  const verdict = inspected && verdictHere(inspected, state.threshold);
  const [pick, setPick] = useState<{ readonly of: number; readonly patch: Patch }>();
  const found = useMemo(() => {
    if (inspected === undefined || opened === undefined) return undefined;
    const { calibration, preprocessing } = opened.metadata;
    const { map, width, height } = inspected;
    const part = seenPart(width, height, preprocessing);
    const pixelThreshold = calibration.pixel.threshold;
    const size = { width, height };
    const boxes = flawBoxes(map, pixelThreshold, size, preprocessing, state.mmPerPixel);
    return { part, boxes, pixelThreshold };
  }, [inspected, opened, state.mmPerPixel]);
  const grid = opened?.metadata.embedding.grid;
  const patch =
    inspected?.nearest && grid
      ? pick?.of === photo.id
        ? pick.patch
        : worstPatch(inspected.nearest.distance, grid)
      : undefined;
  const choose = (patch_: Patch | undefined) => setPick(patch_ && { of: photo.id, patch: patch_ });
  const shownBoxes = found && verdict !== 'normal' && verdict !== 'not judged' ? found.boxes : [];
  return (
    <div class="workplace">
      <Viewer
        name={photo.name}
        address={photo.address}
        inspected={inspected}
        pixelThreshold={found?.pixelThreshold ?? 0}
        boxes={shownBoxes}
        part={found?.part}
        picked={patch && found && grid && patchBox(patch, found.part, grid)}
        onPick={(at) => found && grid && choose(patchAt(at, found.part, grid))}
      />
      <div class="side">
        <VerdictPanel
          photo={photo}
          inspected={inspected}
          verdict={verdict}
          threshold={state.threshold}
          boxes={shownBoxes}
          mmPerPixel={state.mmPerPixel}
          onMmPerPixel={(mmPerPixel) => change({ kind: 'mmPerPixel', mmPerPixel })}
          waitsForModel={opened === undefined}
        />
        <LabelPanel
          photo={photo}
          photos={state.photos}
          verdict={verdict}
          onLabel={(label: Label | undefined) => change({ kind: 'label', id: photo.id, label })}
          category={opened?.metadata.category}
        />
        {opened && (
          <ThresholdPanel
            page={page}
            opened={opened}
            score={verdict === 'not judged' ? undefined : inspected?.score}
          />
        )}
        {opened && inspected && found && (
          <NearestPanel
            opened={opened}
            photo={photo}
            inspected={inspected}
            part={found.part}
            patch={patch}
            onWorst={() => choose(undefined)}
          />
        )}
        {opened && <ModelPanel opened={opened} runtime={inspected?.runtime ?? opened.runtime} />}
      </div>
    </div>
  );
}
