import { expect, it } from 'vitest';
import { eventFile } from './eventFile.ts';

// Made with TensorBoard 2.21.0's own messages (tensorboard.compat.proto), serialised and framed as
// TFRecords in Python: struct.pack('<Q', length), data, each with a CRC-32C computed bit by bit,
// masked as ((crc >> 15 | crc << 17) + 0xa282ead8) % 2**32:
//   e = event_pb2.Event; s = summary_pb2; t = tensor_pb2.TensorProto
//   e(wall_time=1700000000.5, file_version='brain.Event:2')
//   e(wall_time=1700000001, step=0, summary=s.Summary(value=[s.Summary.Value(tag='parameters',
//     metadata=s.SummaryMetadata(data_class=s.DATA_CLASS_TENSOR,
//       plugin_data=s.SummaryMetadata.PluginData(plugin_name='text')),
//     tensor=t(dtype=types_pb2.DT_STRING, tensor_shape={}, string_val=[b'| a |']))]))
//   e(wall_time=1700000001, step=300,
//     summary=s.Summary(value=[s.Summary.Value(tag='bottle/f1', simple_value=0.9)]))
const EXPECTED = [
  '1800000000000000a37f4b220900002040fc54d9411a0d627261696e2e4576656e743a322b353110',
  '3200000000000000241956ec0900004040fc54d9412a270a250a0a706172616d6574657273420b0807120042057c' +
    '2061207c4a0a0a060a047465787420025c8804df',
  '200000000000000029eda9500900004040fc54d94110ac022a120a100a09626f74746c652f6631156666663fb92b' +
    '118d',
];

it('is byte for byte what TensorBoard’s own messages give', () => {
  const wallTime = 1_700_000_001;
  const file = eventFile(1_700_000_000.5, [
    { wallTime, step: 0, tag: 'parameters', value: '| a |' },
    { wallTime, step: 300, tag: 'bottle/f1', value: 0.9 },
  ]);
  expect(Buffer.from(file).toString('hex')).toBe(EXPECTED.join(''));
});

it('of no events names its version alone', () => {
  expect(Buffer.from(eventFile(1_700_000_000.5, [])).toString('hex')).toBe(EXPECTED[0]);
});
