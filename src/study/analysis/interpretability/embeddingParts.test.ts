import { expect, test } from 'vitest';
import { channelGroups, embeddingParts } from './embeddingParts.ts';

const layers = [
  { name: 'layer1', channels: 2 },
  { name: 'layer2', channels: 3 },
];

test('names the part and channel of every column', () => {
  const { parts, partOf, channelOf } = embeddingParts(layers, undefined);
  expect(parts).toEqual(layers);
  expect([...partOf]).toEqual([0, 0, 1, 1, 1]);
  expect([...channelOf]).toEqual([0, 1, 0, 1, 2]);
});

test('of chosen channels alone', () => {
  const { parts, partOf, channelOf } = embeddingParts(layers, [1, 2, 4]);
  expect(parts.map(({ channels }) => channels)).toEqual([1, 2]);
  expect([...partOf]).toEqual([0, 1, 1]);
  expect([...channelOf]).toEqual([1, 0, 2]);
});

test('leaves out parts without a column', () => {
  const { parts, partOf } = embeddingParts(layers, [2, 3]);
  expect(parts).toEqual([{ name: 'layer2', channels: 2 }]);
  expect([...partOf]).toEqual([0, 0]);
});

test('takes a single layer apart where its channels are known', () => {
  const known = {
    layer2: [
      { name: 'edges', channels: 2 },
      { name: 'colour', channels: 1 },
    ],
  };
  const widths = { layer1: 2, layer2: 3 };
  expect(channelGroups(['layer2'], widths, known)).toEqual(known.layer2);
  expect(channelGroups(['layer1'], widths, known)).toEqual([layers[0]]);
  expect(channelGroups(['layer1', 'layer2'], widths, known)).toEqual(layers);
});
