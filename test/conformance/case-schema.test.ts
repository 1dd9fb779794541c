import { describe, expect, it } from 'vitest';
import { parseDialect, parseRecordCase, UnknownKeyError } from './case-schema.ts';
import { parseExactJson } from './exact-json.ts';
import { dialectOptions } from './named-dialects.ts';

const parse = (text: string) => parseRecordCase(parseExactJson(text));

describe('case.json', () => {
  it('has the defaults of the format', () => {
    expect(parse('{}')).toEqual({
      skip: 0,
      sort: [],
      copybook: { source_format: 'auto', decimal_point: 'period' },
      dialect: { base: 'ibm' },
      framing: { format: 'fixed', file_header: 0, file_trailer: 0, record_prefix: 0, record_suffix: 0 },
      encoding: 'ebcdic',
      national: 'utf-16be',
      trim: 'both',
      floats: 'ibm-be',
      odo: 'maximum',
      redefines: [],
      filler_groups: 'drop',
      root: 'drop',
      compare: 'all',
      ignore: [],
    });
  });

  it('takes one for a list, and a number for its text', () => {
    const { redefines, filter } = parse(
      '{"redefines":{"by":"T","views":{"1":"A","2":["B","C"]}},"filter":{"X":7,"Y":["a",9007199254740993]}}',
    );
    expect(redefines).toEqual([
      {
        by: 'T',
        views: new Map([
          ['1', ['A']],
          ['2', ['B', 'C']],
        ]),
      },
    ]);
    expect(filter).toEqual(
      new Map([
        ['X', ['7']],
        ['Y', ['a', '9007199254740993']],
      ]),
    );
  });

  it.each([
    ['{"colour":1}', 'colour'],
    ['{"__proto__":1}', '__proto__'],
    ['{"trim":"all"}', 'trim'],
    ['{"rows":1.5}', 'rows'],
    ['{"skip":-1}', 'skip'],
    ['{"skip":1,"skip":2}', 'skip'],
    ['{"dialect":"zos"}', 'dialect.base'],
    ['{"dialect":{"sync":"on"}}', 'dialect.sync'],
    ['{"dialect":{"pointer":6}}', 'dialect.pointer'],
    ['{"dialect":{"trunc":"bin"}}', 'dialect.trunc'],
    ['{"copybook":{"record":1}}', 'copybook.record'],
    ['{"copybook":{"tabs":8}}', 'copybook.tabs'],
    ['{"framing":{"format":"vbs"}}', 'framing.format'],
    ['{"framing":{"format":"fixed","endian":"big"}}', 'framing.endian'],
    ['{"framing":{"format":"vb","bdw":{"size":4}}}', 'framing.bdw.size'],
    [
      '{"framing":{"format":"header","header":{"size":4,"offset":0,"bytes":2,"valid":{"offset":0,"hex":"F"}}}}',
      'framing.header.valid.hex',
    ],
    ['{"charset_overrides":{"0":" "}}', 'charset_overrides.0'],
    ['{"redefines":[{"by":"T","views":{},"else":"A"}]}', 'redefines.0.else'],
    ['{"blank_digits":"zero"}', 'blank_digits'],
    ['{"absent_numbers":"null"}', 'absent_numbers'],
  ])('%s: the key %s is named', (text, key) => {
    expect(() => parse(text)).toThrow(UnknownKeyError);
    try {
      parse(text);
    } catch (error) {
      expect((error as UnknownKeyError).key).toBe(key);
    }
  });
});

describe('dialects', () => {
  it('of the format are not those of the product, and every member is passed', () => {
    expect(dialectOptions(parseDialect('gnucobol'))).toEqual({
      dialect: 'ibm',
      binarySize: '2-4-8',
      comp5Size: '1-2-4-8',
      sync: 'natural',
      comp5Order: 'big',
      asciiSign: 'ebcdic',
      pointerSize: 8,
      floats: 'hex',
      trunc: 'std',
      odo: 'maximum',
    });
  });

  it('start from a base and replace members', () => {
    const dialect = parseDialect(parseExactJson('{"base":"microfocus","comp5_order":"big","pointer":8}'));
    expect(dialectOptions(dialect, 'ieee-le', 'padded')).toMatchObject({
      binarySize: '1--8',
      comp5Size: '1--8',
      sync: 'none',
      comp5Order: 'big',
      pointerSize: 8,
      floats: 'ieee-le',
      odo: 'padded',
    });
    expect(dialectOptions(parseDialect(parseExactJson('{}')))).toMatchObject({
      binarySize: '2-4-8',
      sync: 'ibm',
      pointerSize: 4,
    });
  });
});
