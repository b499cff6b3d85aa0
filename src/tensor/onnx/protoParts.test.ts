import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { createRandom } from '../../core/random.ts';
import { type ElementType, float32, int64, typeCode, typeOfCode } from '../elementType.ts';
import { TensorProtoSchema } from './proto/onnx_pb.ts';
import {
  byteLengthOf,
  countOf,
  decodeModel,
  encodeModel,
  floatsOf,
  tensorProto,
  typeAndShape,
  valueInfoProto,
} from './protoParts.ts';

const model = () =>
  onnxModel({
    opset: 13,
    nodes: [onnxNode('Conv', ['x', 'w'], ['y'], { strides: [2, 2], kernel_shape: [1, 1] })],
    weights: { w: float32(new Float32Array(300), [100, 3, 1, 1]) },
  });

describe('decodeModel', () => {
  it('gives back what was encoded', () => {
    expect(decodeModel(encodeModel(model()), 'net.onnx')).toEqual(model());
  });

  it('keeps fields it does not know', () => {
    // ModelProto.doc_string, field 6, is not in onnx.proto here.
    const bytes = Buffer.concat([encodeModel(model()), Buffer.from([0x32, 2, 0x68, 0x69])]);
    const again = Buffer.from(encodeModel(decodeModel(bytes, 'net.onnx')));
    expect(again.includes(Buffer.from([0x32, 2, 0x68, 0x69]))).toBe(true);
  });

  const refused = (bytes: Uint8Array) => {
    expect(() => decodeModel(bytes, 'net.onnx')).toThrow(/net\.onnx is not an ONNX model/);
    expect(() => decodeModel(bytes, 'net.onnx')).toThrow(/copied or downloaded whole/);
  };

  it('refuses nothing, text, pictures and noise', () => {
    refused(new Uint8Array(0));
    refused(Buffer.from('{"error": "not found"}'));
    refused(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const random = createRandom('noise');
    for (let i = 0; i < 200; i++) {
      refused(Uint8Array.from({ length: 1 + random.integer(400) }, () => random.integer(256)));
    }
  });

  it('refuses a file cut anywhere inside its graph', () => {
    const bytes = encodeModel(model());
    const graphEnd = bytes.length - 4;
    for (let length = 0; length < graphEnd; length += 7) refused(bytes.subarray(0, length));
  });

  it('refuses a graph that does nothing', () => {
    refused(encodeModel(onnxModel({ opset: 13, nodes: [] })));
  });

  it('refuses weights that lie in another file, naming one', () => {
    const external = model();
    external.graph!.initializer[0]!.dataLocation = 1;
    expect(() => decodeModel(encodeModel(external), 'net.onnx')).toThrow(
      'weights in another file (tensor w)',
    );
  });
});

describe('tensors', () => {
  it('read float32 from either field, wherever the bytes lie', () => {
    const raw = tensorProto('a', float32(Float32Array.of(9, 1.5, -2).subarray(1), [2]));
    expect(floatsOf(raw)).toEqual(Float32Array.of(1.5, -2));
    const bytes = Buffer.concat([Buffer.of(0), raw.rawData]).subarray(1);
    expect(floatsOf({ ...raw, rawData: bytes })).toEqual(Float32Array.of(1.5, -2));
    const typed = create(TensorProtoSchema, { dataType: 1, dims: [2n], floatData: [1.5, -2] });
    expect(floatsOf(typed)).toEqual(Float32Array.of(1.5, -2));
    expect(floatsOf(tensorProto('i', int64([1])))).toBeUndefined();
  });

  it('are counted in numbers and bytes, in every field', () => {
    const tensor = tensorProto('a', int64([1, 2, 3, 4, 5, 6], [2, 3]));
    expect(countOf(tensor)).toBe(6);
    expect(countOf(tensorProto('s', int64([1], [])))).toBe(1);
    const typed = create(TensorProtoSchema, {
      floatData: [1, 2],
      int32Data: [1],
      int64Data: [1n],
      doubleData: [1],
    });
    expect(byteLengthOf([tensor, typed])).toBe(48 + 12 + 16);
  });
});

describe('declared types and shapes', () => {
  it('are read back, sizes and names alike', () => {
    const info = valueInfoProto('x', 'uint8', ['N', 224, 'W', 3]);
    expect(typeAndShape(info)).toEqual({ type: 'uint8', shape: ['N', 224, 'W', 3] });
  });

  it('give a name to a dimension without one, and nothing for what is no tensor', () => {
    const info = valueInfoProto('x', 'float32', ['', 3]);
    expect(typeAndShape(info)?.shape).toEqual(['x_0', 3]);
    expect(typeAndShape({ ...info, type: undefined } as never)).toBeUndefined();
  });

  it('have the codes of the ONNX specification', () => {
    const codes: [ElementType, number][] = [
      ['float32', 1],
      ['uint8', 2],
      ['int32', 6],
      ['int64', 7],
      ['bool', 9],
      ['float16', 10],
      ['float64', 11],
    ];
    for (const [type, code] of codes) {
      expect(typeCode(type)).toBe(code);
      expect(typeOfCode(code)).toBe(type);
    }
    expect(typeOfCode(8)).toBeUndefined();
  });
});
