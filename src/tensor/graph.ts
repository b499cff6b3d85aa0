/**
 * Builds ONNX graphs in TypeScript. A `Value` is the output of a node with its type and shape;
 * the operators in `ops/` take values and give values, check shapes as they go and name the node
 * in their errors. `toModel` serialises what was built.
 *
 * A dimension is a number, or a name where it is only known when the graph runs.
 */
import { create } from '@bufbuild/protobuf';
import { internalError } from '../core/error.ts';
import { type ElementType, elementCount, type Tensor } from './elementType.ts';
import {
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './proto/onnx_pb.ts';
import { attributeProto, nodeProto, tensorProto, valueInfoProto } from './protoParts.ts';

export type Dim = number | string;
export type Shape = readonly Dim[];

export interface Value {
  readonly graph: Graph;
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

export type Attribute = number | string | readonly number[] | { readonly int: number };

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
  /** Names of what is built inside start with `prefix/`. */
  scope<T>(prefix: string, body: () => T): T;
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

export function createGraph(graphName: string): Graph {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  const used = new Map<string, number>();
  const scopes: string[] = [];

  function freshName(base: string): string {
    const name = [...scopes, base].join('/');
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }

  const graph: Graph = {
    freshName,
    input(name, type, shape) {
      inputs.push(valueInfoProto(name, type, shape));
      used.set(name, 1);
      return { graph, name, type, shape };
    },
    constant(name, tensor) {
      const { type, dims, data } = tensor;
      if (elementCount(dims) !== data.length) {
        throw shapeError(freshName(name), `${elementCount(dims)} elements`, `${data.length}`);
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
      nodes.push(
        nodeProto({ name: `output/${name}`, op: 'Identity', inputs: [source], outputs: [name] }),
      );
      outputs.push(valueInfoProto(name, type, shape));
      return { graph, name, type, shape };
    },
    scope(prefix, body) {
      scopes.push(prefix);
      try {
        return body();
      } finally {
        scopes.pop();
      }
    },
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
        },
        metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      });
    },
  };
  return graph;
}

/** A mistake in how a graph is put together, found while building it. */
export function shapeError(node: string, expected: string, found: string): Error {
  return internalError({ what: `graph node ${node} does not fit its inputs`, expected, found });
}

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
