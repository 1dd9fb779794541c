import avsc from 'avsc';
import { describe, expect, it } from 'vitest';
import { avroSchema, jsonSchema, recordCodecs, toAvro } from '../../src/schema/index.ts';
import { codecOf, hex, layoutFrom } from '../codec/codec-of.ts';
import { compileSchema } from './acceptance.ts';

/** The types of an Avro record's fields, by name. */
function avroTypes(copybook: string): Record<string, unknown> {
  const schema = avroSchema([codecOf(copybook)], { good: true }) as { fields: { name: string; type: unknown }[] };
  return Object.fromEntries(schema.fields.map(({ name, type }) => [name, type]));
}

describe('the Avro schema', () => {
  it('has integers where they fit, and decimals of non-negative scale', () => {
    const decimal = (precision: number, scale: number) => ({ type: 'bytes', logicalType: 'decimal', precision, scale });
    expect(
      avroTypes(`01 R. 05 A PIC S9(4) COMP. 05 B PIC 9(9) COMP. 05 C PIC S9(18) COMP. 05 D PIC S9(4)V99 COMP.
        05 E PIC S9(4)PPP COMP. 05 F PIC SVPP9(4) COMP. 05 G COMP-2. 05 H PIC X.`),
    ).toEqual({
      A: 'int',
      B: 'long',
      C: decimal(19, 0),
      D: decimal(10, 2),
      E: decimal(8, 0),
      F: decimal(6, 6),
      G: 'double',
      H: 'string',
    });
  });

  it('has valid, unique names and the copybook name in doc, and null only where there may be none', () => {
    const codec = codecOf(
      '01 R-X. 05 A-B. 10 C PIC X. 05 A_B. 10 C PIC 9. 05 9TH PIC X. 05 V PIC X. 05 W REDEFINES V PIC X.',
    );
    expect(avroSchema([codec])).toMatchObject({
      name: 'R_X',
      doc: 'R-X',
      fields: [
        {
          name: 'A_B',
          doc: expect.stringMatching(/^A-B: group/),
          type: { name: 'R_X_A_B', fields: [{ name: 'C', type: 'string' }] },
        },
        { name: 'A_B_2', type: { name: 'R_X_A_B_2', fields: [{ type: ['null', 'int'], default: null }] } },
        { name: '_9TH', type: 'string' },
        { name: 'V', type: ['null', 'string'] },
        { name: 'W', type: ['null', 'string'] },
      ],
    });
  });

  it('is a union of several 01s, and toAvro says which one a record is', () => {
    const layout = layoutFrom('01 A. 05 K PIC X. 01 B. 05 K PIC X. 05 N PIC 9(2).');
    expect(avroSchema(recordCodecs(layout))).toMatchObject([{ name: 'A' }, { name: 'B' }]);
    const codec = codecOf('01 A. 05 K PIC X. 01 B. 05 K PIC X. 05 N PIC 9(2).', { recordWhen: ['K:A=A', 'K:B=B'] });
    const type = avsc.Type.forSchema(avroSchema([codec]) as never);
    const record = toAvro(codec, codec.decode(hex('C2 F1F2')));
    expect(record).toEqual({ B: { K: 'B', N: 12 } });
    expect(type.isValid(record)).toBe(true);
    expect(() => toAvro(codec, codec.decode(hex('C3 F1F2')))).toThrow(expect.objectContaining({ code: 'AVRO_VALUE' }));
  });

  it('takes values that were JSON, and refuses what the codec does not give', () => {
    const codec = codecOf('01 R. 05 A PIC S9(3)V99 COMP-3. 05 T PIC 9(2) OCCURS 2.');
    expect(toAvro(codec, { value: { A: -1.5, T: [1, null] } })).toEqual({
      A: Buffer.from('ff6a', 'hex'),
      T: [1, null],
    });
    const wrong = [{ A: 1 }, { A: 1.234, T: [] }, { A: 'x', T: [] }, { A: 1, T: 2 }, { A: 1, T: [], B: 1 }];
    for (const value of wrong) {
      expect(() => toAvro(codec, { value })).toThrow(expect.objectContaining({ code: 'AVRO_VALUE' }));
    }
  });
});

describe('the JSON Schema', () => {
  const copybook =
    '01 R. 05 A PIC S9(3)V99 COMP-3. 05 N PIC 9 COMP. 05 T PIC X(2) OCCURS 0 TO 3 DEPENDING ON N. 05 B PIC S9(18) COMP.';
  const validate = compileSchema(jsonSchema([codecOf(copybook)], { good: true }));

  it.each([
    [{ A: 1.5, T: ['a'], N: 1, B: '-1' }, true],
    [{ A: null, T: [], N: 0, B: '0' }, true],
    [{ A: 1000, T: [], N: 0, B: '0' }, false],
    [{ A: 1, T: ['abc'], N: 0, B: '0' }, false],
    [{ A: 1, T: ['', '', '', ''], N: 0, B: '0' }, false],
    [{ A: 1, T: [], N: 0.5, B: '0' }, false],
    [{ A: 1, T: [], N: 0, B: 0 }, false],
    [{ A: 1, T: [], N: 0, B: '00' }, false],
    [{ A: 1, T: [], N: 0 }, false],
    [{ A: 1, T: [], N: 0, B: '0', C: 1 }, false],
  ])('of %o says %s', (value, valid) => {
    expect(validate(value)).toBe(valid);
  });

  it('has a definition for each of several 01s', () => {
    const codecs = recordCodecs(layoutFrom('01 A. 05 K PIC X. 01 B. 05 N PIC X.'));
    const either = compileSchema(jsonSchema(codecs));
    expect([{ K: '' }, { N: '' }, { K: '', N: '' }, {}].map((value) => either(value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
