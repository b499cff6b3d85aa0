/** The tables of a search by bounds, written into a graph. */
import { float32, int64 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import type { BankInGraph } from './nearest.ts';
import type { PruningTables } from './pruning.ts';

/** A bank with its rows at places in groups; the tables are those of `PruningTables`. */
export interface Places extends BankInGraph {
  /** float32 [coarse + 2, places] */
  readonly coarse: Value;
  /** float32 [places, fine - coarse + 2] */
  readonly finer: Value;
  /** int64 [places] */
  readonly rowAt: Value;
}

export function placesInGraph(
  graph: Graph,
  bank: BankInGraph,
  { plan, coarse, finer, rowAt }: PruningTables,
): Places {
  const places = rowAt.length;
  return {
    ...bank,
    coarse: graph.constant('coarse', float32(coarse, [plan.coarse + 2, places])),
    finer: graph.constant('finer', float32(finer, [places, plan.fine - plan.coarse + 2])),
    rowAt: graph.constant('row_at', int64([...rowAt])),
  };
}
