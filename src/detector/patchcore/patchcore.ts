/** PatchCore's score graph: from patch embeddings to an anomaly map and a score. */
import { freeMemory } from '../../core/freeMemory.ts';
import type { Random } from '../../core/random.ts';
import { float32 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import { mul, sub } from '../../tensor/ops/elementwise.ts';
import { anomalyMap, type MapSpec } from '../anomalyMap.ts';
import type { Standardisation } from '../columnStatistics.ts';
import type { Embedding } from '../embedding.ts';
import type { Head, Search } from '../head.ts';
import { imageScore, type ScoreSpec } from './imageScore.ts';
import { columnMeans, type MemoryBank, moveOrigin, squaredNorms } from './memoryBank.ts';
import { bankInGraph, nearestByBruteForce } from './nearest.ts';
import { nearestByPruning } from './nearestByPruning.ts';
import { frameAlong, principalFrame } from './principalFrame.ts';
import { cheapestPlan, type PruningTables, pruningTables } from './pruning.ts';
import { fineCoordinates, type SearchPlan } from './searchPlan.ts';

/** Everything the score graph holds; made once when a detector is fitted. */
export interface PatchcoreTables {
  readonly plan: SearchPlan;
  readonly pruning: PruningTables | null;
  /** Standardised and centred bank, float32 [rowCount, dimension] */
  readonly rows: Float32Array;
  readonly norms: Float32Array;
  readonly dimension: number;
  /** Subtracted from every patch, float32 [dimension] */
  readonly offset: Float32Array;
  /** Then multiplied, where embeddings are standardised, float32 [dimension] */
  readonly scale: Float32Array | null;
}

export interface TableOptions {
  /** How to search; default: what costs least for this bank. */
  readonly plan?: SearchPlan;
  /**
   * Gives some of the patches that are searched for, as embedded, fewer than 128, in memory that nobody
   * else needs: the plan is to cost least for them and for unusual ones, which the bank's rows stand for;
   * default: for these alone. Asked only where there are plans to choose from.
   */
  readonly typical?: () => Promise<Float32Array>;
  /**
   * What to see the bank along: orthonormal columns, float32 [dimension, plan's fine coordinates];
   * default: its principal axes.
   */
  readonly axes?: Float32Array;
  /** Axes of much the same rows, as those: the principal ones are found sooner from them. */
  readonly nearAxes?: Float32Array;
  /** Whether the bank's rows become those of the tables, in their memory; default: a copy does. */
  readonly usedUp?: boolean;
  /** What becomes of rows where they are stored: the tables are made from what comes out. */
  readonly stored?: (rows: Float32Array) => Float32Array;
}

export async function patchcoreTables(
  bank: MemoryBank,
  standardisation: Standardisation | null,
  random: Random,
  { usedUp = false, stored = (rows) => rows, typical, ...search }: TableOptions = {},
): Promise<PatchcoreTables> {
  const { dimension } = bank;
  const mean = columnMeans(bank.rows, dimension);
  const scale =
    standardisation && Float32Array.from(standardisation.deviation, (value) => 1 / value);
  const placed = (vectors: Float32Array) => {
    moveOrigin(vectors, mean);
    if (scale !== null) {
      for (let i = 0; i < vectors.length; i++) vectors[i]! *= scale[i % dimension]!;
    }
    return vectors;
  };
  const rows = stored(placed(usedUp ? bank.rows : new Float32Array(bank.rows)));
  const norms = squaredNorms(rows, dimension);
  const pruning = await tablesToPrune(rows, norms, dimension, random, {
    ...search,
    ...(typical && { typical: async () => placed(await typical()) }),
  });
  const plan = pruning?.plan ?? { kind: 'brute' };
  return { plan, pruning, rows, norms, dimension, offset: Float32Array.from(mean), scale };
}

async function tablesToPrune(
  rows: Float32Array,
  norms: Float32Array,
  dimension: number,
  random: Random,
  { plan: wanted, typical, axes, nearAxes }: TableOptions,
): Promise<PruningTables | null> {
  if (wanted?.kind === 'brute') return null;
  const fine = wanted?.fine ?? fineCoordinates(norms.length, dimension);
  if (fine === null) return null;
  const start = nearAxes?.length === fine * dimension ? nearAxes : random;
  const frame =
    axes === undefined
      ? await principalFrame(rows, norms, dimension, fine, start)
      : await frameAlong(axes, rows, norms, dimension);
  const plan = wanted ?? (await cheapestPlan(frame, await typical?.()));
  const tables = plan && pruningTables(frame, plan);
  freeMemory(frame.coordinates);
  return tables;
}

export interface PatchcoreSettings {
  readonly score: ScoreSpec;
  readonly map: MapSpec;
}

export function patchcoreHead(tables: PatchcoreTables, settings: PatchcoreSettings): Head {
  return (embedding, size) => {
    const { patches, nearest, bank } = searchBank(embedding, tables);
    const { grid } = embedding;
    return {
      found: [nearest.distance, nearest.index],
      score: imageScore(patches, nearest, bank, grid[0] * grid[1], settings.score),
      map: anomalyMap(nearest.distance, grid, size, settings.map),
    };
  };
}

/** The search alone: each patch's distance to its nearest row, and that row's index. */
export const patchcoreSearch =
  (tables: PatchcoreTables): Search =>
  (embedding) => {
    const { distance, index } = searchBank(embedding, tables).nearest;
    return [distance, index];
  };

function searchBank({ rows: embeddings }: Embedding, tables: PatchcoreTables) {
  const { graph } = embeddings;
  return graph.scope('search', () => {
    const bank = bankInGraph(graph, tables.rows, tables.norms, tables.dimension);
    const patches = place(graph, embeddings, tables);
    const nearest =
      tables.pruning === null
        ? nearestByBruteForce(patches, bank)
        : nearestByPruning(patches, bank, tables.pruning);
    return { bank, patches, nearest };
  });
}

/** Patches in the bank's own coordinates. */
function place(
  graph: Graph,
  embeddings: Value,
  { offset, scale, dimension }: PatchcoreTables,
): Value {
  const moved = sub(embeddings, graph.constant('offset', float32(offset, [dimension])));
  return scale === null ? moved : mul(moved, graph.constant('scale', float32(scale, [dimension])));
}
