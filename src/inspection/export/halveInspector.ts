/** An inspector whose weights and memory are stored in half precision; it computes as before. */
import { createRandom } from '../../core/random.ts';
import type { InspectorGraph } from '../../detector/inspector/buildInspector.ts';
import { type InspectorParts, withHead } from '../../detector/inspector/inspectorParts.ts';
import type { DetectorMetadata, InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { patchcoreHead, patchcoreTables } from '../../detector/patchcore/patchcore.ts';
import { readStoredBank } from '../../detector/patchcore/storedBank.ts';
import { constantIn, roundToHalf, storeAsHalf } from '../../tensor/onnx/halfConstants.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { countOf } from '../../tensor/onnx/protoParts.ts';
import { splitModel } from '../../tensor/onnx/splitModel.ts';

export interface HalvedInspector extends InspectorGraph {
  readonly detector: DetectorMetadata;
}

/** A constant with fewer numbers is not worth a rounding. */
const WORTH_IT = 256;

/**
 * Halved are the backbone's weights and what was learnt: PatchCore's rows, PaDiM's means and
 * whitening matrices. Resizing stays exact. The bounds of PatchCore's search are made anew from the
 * rounded rows, in float32, so that it still finds the nearest of them exactly.
 */
export async function halveInspector(
  parts: InspectorParts,
  model: ModelProto,
  metadata: InspectorMetadata,
): Promise<HalvedInspector> {
  const { detector, steps } = metadata;
  const [, backbone] = splitModel(model, [steps.resize, steps.backbone]);
  const weights = namesIn(backbone!, () => true);
  if (detector.method === 'padim') {
    const learnt = namesIn(parts.judge, (name) => /^search\/(mean|whitening)/.test(name));
    return { model: storeAsHalf(model, new Set([...weights, ...learnt])), steps, detector };
  }
  const { bank, standardisation } = await readStoredBank(
    async (name) => constantIn(model, name),
    metadata,
    detector,
  );
  const random = createRandom(metadata.seed).fork('search');
  const { search: plan } = detector;
  const tables = await patchcoreTables(bank, standardisation, random, {
    stored: roundToHalf,
    usedUp: true,
    // It was chosen for training patches, too, which are not at hand here.
    ...(plan.kind === 'two-bounds' && { plan }),
  });
  const head = patchcoreHead(tables, { score: detector.score, map: metadata.map });
  const joined = withHead(parts, head, metadata);
  return {
    model: storeAsHalf(joined.model, new Set([...weights, 'search/bank'])),
    steps: joined.steps,
    detector: { ...detector, search: tables.plan },
  };
}

/** Of the constants that are large enough. */
const namesIn = ({ graph }: ModelProto, isWanted: (name: string) => boolean): string[] =>
  (graph?.initializer ?? [])
    .filter((tensor) => countOf(tensor) >= WORTH_IT && isWanted(tensor.name))
    .map(({ name }) => name);
