import { expect, test } from 'vitest';
import { blockVersion, RecordBlock } from '../../src/runtime/embedded/record-block.ts';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('the same records make the same bytes, whatever memory held before', () => {
  const writer = new RecordWriter();
  writer.append(Buffer.from('key'), 7, Buffer.from('value'));
  writer.append(Buffer.from(''), null, Buffer.from('other'));
  const first = Buffer.from(writer.block(0, 2));
  expect([...first.subarray(0, 4)]).toEqual([blockVersion, 0, 0, 0]);
  for (let turn = 0; turn < 200; turn++) {
    Buffer.allocUnsafeSlow(first.length).fill(0xff); // memory that the next block may get
    expect(first.equals(writer.block(0, 2))).toBe(true);
  }
  const block = new RecordBlock(first, 0);
  expect(text(block.record(1).value)).toBe('other');
});

test('a record as a frame has its value and its time', () => {
  const writer = new RecordWriter();
  writer.append(Buffer.from('key'), 7, Buffer.from('value'));
  writer.append(Buffer.from('key'), null, Buffer.from(''));
  expect([writer.frame(0), writer.frame(1)].map(({ bytes, ingested }) => [text(bytes), ingested])).toEqual([
    ['value', 7],
    ['', null],
  ]);
});
