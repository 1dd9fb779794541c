import { describe, expect, it } from 'vitest';
import type { Framing } from './case-schema.ts';
import { parseRecordCase } from './case-schema.ts';
import { parseExactJson } from './exact-json.ts';
import { FramingError, frameFile, type RecordLengths } from './framings.ts';

const lengths: RecordLengths = {
  maximum: 4,
  byTables: (bytes) => (bytes[0] ?? 0) & 0x0f,
  fieldText: (field, bytes) => (field === 'LENGTH' && bytes[0] !== undefined ? String(bytes[0] & 0x0f) : null),
};

function framing(text: string): Framing {
  return parseRecordCase(parseExactJson(`{"framing":${text}}`)).framing;
}

function frames(hex: string, text: string): string[] {
  const records = frameFile(Buffer.from(hex.replaceAll(' ', ''), 'hex'), framing(text), lengths);
  return records.map((record) => Buffer.from(record).toString('hex'));
}

describe('framing', () => {
  it.each([
    ['fixed by its own length', 'c1c2 c3c4', '{"format":"fixed","length":2}', ['c1c2', 'c3c4']],
    ['fixed by the length of the layout', 'c1c2c3c4 c5c6c7c8', '{}', ['c1c2c3c4', 'c5c6c7c8']],
    [
      'fixed with cuts at the file and the records',
      'eeee a1c1c2c3c4b1b2 a1c5c6c7c8b1b2 ff',
      '{"format":"fixed","file_header":2,"file_trailer":1,"record_prefix":1,"record_suffix":2}',
      ['c1c2c3c4', 'c5c6c7c8'],
    ],
    ['rdw', '00060000c1c2 00050000c3', '{"format":"rdw"}', ['c1c2', 'c3']],
    ['rdw with an empty record', '00040000 00050000c3', '{"format":"rdw"}', ['', 'c3']],
    ['little-endian rdw, its length in bytes 2 and 3', '00000600c1c2', '{"format":"rdw","endian":"little"}', ['c1c2']],
    ['rdw that does not count itself', '00020000c1c2', '{"format":"rdw","inclusive":false}', ['c1c2']],
    ['rdw with an adjustment', '00080000c1c2', '{"format":"rdw","adjust":-2}', ['c1c2']],
    ['rdw of more than 255 bytes', `01040000${'c1'.repeat(256)}`, '{"format":"rdw"}', ['c1'.repeat(256)]],
    ['vb', '000e0000 00060000c1c2 00040000 00090000 00050000c3', '{"format":"vb"}', ['c1c2', '', 'c3']],
    [
      'vb with words of two kinds',
      '0000 0800 0002 0000 c1c2',
      '{"format":"vb","bdw":{"endian":"little","adjust":2},"rdw":{"inclusive":false}}',
      ['c1c2'],
    ],
    ['fb', '000c0000 c1c2c3c4 c5c6c7c8 00080000 d1d2d3d4', '{"format":"fb"}', ['c1c2c3c4', 'c5c6c7c8', 'd1d2d3d4']],
    ['fb with a length', '00080000 c1c2 c3c4', '{"format":"fb","length":2}', ['c1c2', 'c3c4']],
    [
      'a header',
      '99 0005 c1c2 99 0004 c3',
      '{"format":"header","header":{"size":3,"offset":1,"bytes":2,"inclusive":true}}',
      ['c1c2', 'c3'],
    ],
    [
      'a little-endian header of its own kind that does not count itself',
      '99 0300 c1c2',
      '{"format":"header","header":{"size":3,"offset":1,"bytes":2,"endian":"little","inclusive":false,"adjust":-1}}',
      ['c1c2'],
    ],
    [
      'a header that marks what is a record',
      '99 02 c1c2 88 01 c3 99 00',
      '{"format":"header","header":{"size":2,"offset":1,"bytes":1,"inclusive":false,"valid":{"offset":0,"hex":"99"}}}',
      ['c1c2', ''],
    ],
    ['a length field', 'f2c1 f3c1c2', '{"format":"length-field","field":"LENGTH"}', ['f2c1', 'f3c1c2']],
    [
      'a length field with an adjustment',
      'f1c1 f2c1c2',
      '{"format":"length-field","field":"LENGTH","adjust":1}',
      ['f1c1', 'f2c1c2'],
    ],
    [
      'a length field with a map',
      'f1c1c2 f2c1',
      '{"format":"length-field","field":"LENGTH","map":{"1":3}}',
      ['f1c1c2', 'f2c1'],
    ],
    ['tables', 'f2c1 f1 f4c1c2c3', '{"format":"odo"}', ['f2c1', 'f1', 'f4c1c2c3']],
    ['lines', '4142 0a 0d0a 43 0d0a 0a 44', '{"format":"text"}', ['4142', '43', '44']],
    ['lines that hold a carriage return', '41 0d 42 0d0a 0d', '{"format":"text"}', ['410d42', '0d']],
    ['nothing', '', '{"format":"rdw"}', []],
  ])('%s', (_, hex, text, expected) => {
    expect(frames(hex, text)).toEqual(expected);
  });

  it('by a header that does not say whether it counts itself takes what uses up the file', () => {
    const header = '{"format":"header","header":{"size":2,"offset":0,"bytes":2}}';
    expect(frames('0004c1c2 0003c3', header)).toEqual(['c1c2', 'c3']);
    expect(frames('0002c1c2 0001c3', header)).toEqual(['c1c2', 'c3']);
  });

  it.each([
    ['a rest of a fixed record', 'c1c2c3', '{"format":"fixed","length":2}', 2],
    ['a cut word', '0005', '{"format":"rdw"}', 0],
    ['a record that is cut', '00050000c1 00070000c1', '{"format":"rdw"}', 9],
    ['a word below its own length', '00030000', '{"format":"rdw"}', 0],
    ['a block that is cut', '000900000005', '{"format":"vb"}', 4],
    ['a record that leaves its block', '00090000 00060000c1c2', '{"format":"vb"}', 8],
    ['a block that holds no whole number of records', '00070000c1c2c3', '{"format":"fb","length":2}', 6],
    ['a length field of zero', 'f0c1', '{"format":"length-field","field":"LENGTH"}', 0],
    ['tables that take nothing', 'f0c1', '{"format":"odo"}', 0],
    ['a header beyond the file', 'c1', '{"format":"fixed","file_header":2,"length":1}', 0],
    ['a length outside of its header', '0000', '{"format":"header","header":{"size":2,"offset":1,"bytes":2}}', 0],
  ])('refuses %s with its offset', (_, hex, text, offset) => {
    expect(() => frames(hex, text)).toThrow(FramingError);
    try {
      frames(hex, text);
    } catch (error) {
      expect((error as FramingError).offset).toBe(offset);
    }
  });
});
