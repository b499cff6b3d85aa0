/**
 * Builds ONNX graphs in TypeScript. A `Value` is the output of a node with its type and shape;
 * the operators in `ops/` take values and give values, check shapes as they go and name the node
 * in their errors. `toModel` serialises what was built.
 */
import { create } from '@bufbuild/protobuf';
import { FlawmapError, internalError } from '../core/error.ts';
import { type Shape, showShape } from './dims.ts';
import { type ElementType, elementCount, type Tensor } from './elementType.ts';
import {
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnx/proto/onnx_pb.ts';
import {
  type Attribute,
  attributeProto,
  nodeProto,
  tensorProto,
  valueInfoProto,
} from './onnx/protoParts.ts';

export interface Value {
  readonly graph: Graph;
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly (Value | undefined)[];
  /** Plain numbers become float attributes, `{ int }` and arrays integer ones. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly outputs: readonly { readonly type: ElementType; readonly shape: Shape }[];
}

export interface Graph {
  input(name: string, type: ElementType, shape: Shape): Value;
  constant(name: string, tensor: Tensor): Value;
  /** Adds one node; operators in `ops/` are the readable way to do it. */
  node(spec: NodeSpec): Value[];
  /** Makes a value an output of the model, under this name. */
  output(name: string, value: Value): Value;
  /** Records type and shape of a value in the file, so that the model can be cut there. */
  describe(value: Value): void;
  /** Names of what is built inside, and of the nodes in its errors, start with `prefix/`. */
  scope<T>(prefix: string, body: () => T): T;
  /** A value of the graph that this one is the body of: it may be read inside as it is. */
  borrow(value: Value): Value;
  /** Takes nodes and initializers as they are, whose names the caller keeps unique. */
  adopt(nodes: readonly NodeProto[], initializers: readonly TensorProto[]): void;
  /** A name not used before, inside the present scope. */
  freshName(base: string): string;
  toModel(metadata?: Readonly<Record<string, string>>): ModelProto;
}

/** Operator set all graphs of flawmap are written in. */
export const OPSET = 18;
/** ONNX IR version that belongs to opset 18. */
const IR_VERSION = 8;

/** @param prefix of the names of all that is built, but for inputs and outputs: for a graph's body */
export function createGraph(graphName: string, prefix?: string): Graph {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  const described: ValueInfoProto[] = [];
  const used = new Set<string>();
  const repeats = new Map<string, number>();
  const scopes: string[] = prefix === undefined ? [] : [prefix];

  function freshName(base: string): string {
    const name = [...scopes, base].join('/');
    let candidate = name;
    while (used.has(candidate)) {
      const count = (repeats.get(name) ?? 0) + 1;
      repeats.set(name, count);
      candidate = `${name}_${count}`;
    }
    used.add(candidate);
    return candidate;
  }

  /** Names of inputs and outputs are given from outside: they are taken as they are, once. */
  function claim(name: string): void {
    if (used.has(name)) throw internalError({ what: `graph ${graphName} has two values ${name}` });
    used.add(name);
  }

  const graph: Graph = {
    freshName,
    input(name, type, shape) {
      claim(name);
      inputs.push(valueInfoProto(name, type, shape));
      return { graph, name, type, shape };
    },
    constant(name, tensor) {
      const { type, dims, data } = tensor;
      if (elementCount(dims) !== data.length) {
        throw shapeError(name, `the elements of ${showShape(dims)}`, `${data.length} elements`);
      }
      const fresh = freshName(name);
      initializers.push(tensorProto(fresh, tensor));
      return { graph, name: fresh, type, shape: dims };
    },
    node({ op, inputs: values, attributes = {}, outputs: results }) {
      const name = freshName(op);
      for (const value of values) {
        if (value !== undefined && value.graph !== graph) {
          throw internalError({ what: `node ${name} takes ${value.name} of another graph` });
        }
      }
      const made = results.map(({ type, shape }, i) => ({
        graph,
        name: i === 0 ? `${name}:out` : `${name}:out${i}`,
        type,
        shape,
      }));
      nodes.push(
        nodeProto({
          name,
          op,
          inputs: values.map((value) => value?.name ?? ''),
          outputs: made.map((value) => value.name),
          attributes: Object.entries(attributes).map(([key, value]) => attributeProto(key, value)),
        }),
      );
      return made;
    },
    output(name, { name: source, type, shape }) {
      claim(name);
      nodes.push(
        nodeProto({ name: `output/${name}`, op: 'Identity', inputs: [source], outputs: [name] }),
      );
      outputs.push(valueInfoProto(name, type, shape));
      return { graph, name, type, shape };
    },
    describe({ name, type, shape }) {
      described.push(valueInfoProto(name, type, shape));
    },
    scope(prefix, body) {
      scopes.push(prefix);
      try {
        return body();
      } catch (error) {
        throw namedWithin(prefix, error);
      } finally {
        scopes.pop();
      }
    },
    borrow: ({ name, type, shape }) => ({ graph, name, type, shape }),
    adopt(moreNodes, moreInitializers) {
      nodes.push(...moreNodes);
      initializers.push(...moreInitializers);
    },
    toModel(metadata = {}) {
      return create(ModelProtoSchema, {
        irVersion: BigInt(IR_VERSION),
        opsetImport: [{ domain: '', version: BigInt(OPSET) }],
        producerName: 'flawmap',
        graph: {
          name: graphName,
          node: nodes,
          initializer: initializers,
          input: inputs,
          output: outputs,
          valueInfo: described,
        },
        metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      });
    },
  };
  return graph;
}

/** A mistake in how a graph is put together, found while building it. */
export function shapeError(node: string, expected: string, found: string): Error {
  return internalError({ what: `${NODE}${node} does not fit its inputs`, expected, found });
}

const NODE = 'graph node ';

/** A shape error of an operator gets the scope's name before the node's. */
function namedWithin(prefix: string, error: unknown): unknown {
  if (!(error instanceof FlawmapError) || !error.details.what.startsWith(NODE)) return error;
  const what = `${NODE}${prefix}/${error.details.what.slice(NODE.length)}`;
  return new FlawmapError(error.kind, { ...error.details, what, cause: error });
}
