import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Codec, createCodec } from '../../src/codec/index.ts';
import { type TypeOptions, typeDeclarations } from '../../src/schema/index.ts';
import { pascalName } from '../../src/schema/pascal-name.ts';
import { recordCodecs } from '../../src/schema/record-codecs.ts';
import { codecOf, layoutFrom } from '../codec/codec-of.ts';
import { randomCopybooks } from '../codec/random-copybook.ts';
import { randomRecord } from '../codec/random-record.ts';
import { describeOracle } from '../oracles.ts';
import { carddemoSets, cobolSets, conformanceSets, type RecordSet } from './record-sets.ts';
import { expressionOf, type TypedModule, typeCheck } from './type-check.ts';

/** The declarations of a codec's only record, and what it decodes frames to. */
function moduleOf(codec: Codec, frames: readonly Uint8Array[], options: TypeOptions = {}): TypedModule {
  const values = frames.map((frame) => expressionOf(codec.decode(frame).value));
  return { declarations: typeDeclarations([codec], options), type: pascalName(codec.records[0]?.name ?? ''), values };
}

function checkSets(sets: readonly RecordSet[], options: TypeOptions = {}): string {
  return typeCheck(sets.map(({ codec, frames }) => moduleOf(codec, frames.slice(0, 20), options)));
}

describe('the declarations compile and accept', () => {
  it.each([
    [{}, {}],
    [
      { numbers: 'bigint', edited: 'number', names: 'camel' },
      { tuples: true, whole: true },
    ],
    [{ views: 'all', filler: 'keep' }, { literals: 'open' }],
  ] as const)('what COBOL programs wrote, under %o and %o', (decoding, options) => {
    const sets = cobolSets(decoding).filter((set) => !('whole' in options) || complete(set));
    expect(checkSets(sets, options)).toBe('');
  });

  it('random records of random copybooks', () => {
    const modules = fc.sample(randomCopybooks(), 60).map((copybook) => {
      const codec = createCodec(layoutFrom(copybook.text, copybook.dialect), copybook.options);
      const frames = codec.records.flatMap((record) =>
        [1, 2, 3].map(() => randomRecord(record, codec.options, copybook.random)),
      );
      return moduleOf(codec, frames, { good: true, whole: true, tuples: true });
    });
    expect(typeCheck(modules)).toBe('');
  });

  describeOracle('conformance', 'the conformance sets', (folder) => {
    it('their records', { timeout: 120_000 }, () => {
      expect(checkSets(conformanceSets(folder, {}))).toBe('');
    });
  });

  describeOracle('real/carddemo', 'what a mainframe wrote', (folder) => {
    it('its records, of which none is null', { timeout: 120_000 }, () => {
      const sets = carddemoSets(folder);
      expect(checkSets(sets, { good: true })).toBe('');
    });
  });
});

/** Whether all records of a set are as long as their layout. */
function complete({ codec, frames }: RecordSet): boolean {
  return frames.every((frame) => frame.length >= codec.maximumLength);
}

describe('the declarations refuse', () => {
  const copybook = `
01 A-RECORD. 05 KIND PIC X. 88 YES VALUE 'Y'. 88 NO VALUE 'N'. 05 N PIC 9 COMP. 05 T PIC 9 COMP OCCURS 3.
   05 V PIC X. 05 W REDEFINES V PIC X.`;
  const check = (value: string, options: TypeOptions = {}): string =>
    typeCheck([{ declarations: typeDeclarations([codecOf(copybook)], options), type: 'ARecord', values: [value] }]);

  it.each([
    ["{ KIND: 'Y', N: 1, T: [1, 2, 3] }", {}, ''],
    ["{ KIND: 'Y', N: '1', T: [1, 2, 3] }", {}, "Type 'string' is not assignable to type 'number'"],
    ["{ KIND: 'Y', N: null, T: [1, 2, 3] }", {}, "Type 'null' is not assignable to type 'number'"],
    ["{ KIND: 'Y', T: [1, 2, 3] }", {}, 'TS2741'],
    ["{ KIND: 'Y', N: 1, T: [1, 2, 3], X: 1 }", {}, "'X' does not exist"],
    ["{ KIND: 'Y', N: 1, T: [1, 2] }", { tuples: true }, 'not assignable'],
    ["{ KIND: 'Q', N: 1, T: [1, 2, 3] }", { literals: 'closed' }, 'not assignable'],
    ["{ KIND: 'Q', N: 1, T: [1, 2, 3] }", { literals: 'open' }, ''],
  ] as const)('%s under %o', (value, options, message) => {
    const said = check(value, options);
    if (message === '') expect(said).toBe('');
    else expect(said).toContain(message);
  });
});

describe('declarations', () => {
  it('are named after the 01 in PascalCase, numbered where two are the same', () => {
    expect(
      ['CUSTOMER-RECORD', 'cust_rec', 'CustRec', '1ST-REC', 'a\'; evil "b', '', 'ÄRZTE-SATZ'].map(pascalName),
    ).toEqual(['CustomerRecord', 'CustRec', 'CustRec', '_1stRec', 'AEvilB', '_', 'ÄrzteSatz']);
    const codecs = recordCodecs(layoutFrom('01 A-B. 05 X PIC X. 01 A_B. 05 Y PIC X. 01 ROW. 05 Z PIC X.'));
    const text = typeDeclarations(codecs);
    expect(text.match(/export \w+ \w+/g)).toEqual([
      'export interface AB',
      'export interface AB2',
      'export interface Row',
      'export type Row2',
    ]);
    expect(typeCheck([{ declarations: text, type: 'Row2', values: ["{ X: '' }", "{ Y: '' }", "{ Z: '' }"] }])).toBe('');
  });

  it('list the values of level 88 entries as they are decoded', () => {
    const codec = codecOf(
      `01 R. 05 A PIC X(3). 88 A1 VALUE 'AB ' 'C' SPACES. 88 A2 VALUE X'C1C2C3' LOW-VALUES ALL 'XY'.
       05 B PIC 9V9. 88 B1 VALUE 1 2.5 ZERO. 05 C PIC 9(2). 88 C1 VALUE 1 THRU 5. 05 D PIC S9(17)V9 COMP-3. 88 D1 VALUE -1.5.
       05 E PIC X. 88 E1 VALUE "'" '\\'.`,
    );
    const text = typeDeclarations([codec], { literals: 'closed', good: true });
    expect(text).toContain("'A': 'AB' | 'C' | '' | 'ABC' | '\\u0000\\u0000\\u0000' | 'XYX';");
    expect(text).toContain("'B': 1 | 2.5 | 0 | null;");
    expect(text).toContain("'C': number | null;");
    expect(text).toContain("'D': '-1.5' | null;");
    expect(text).toContain("'E': '\\'' | '\\\\';");
    expect(typeCheck([{ declarations: text, type: 'R', values: [] }])).toBe('');
  });

  it('escape whatever a name holds', () => {
    const hostile = "x'; */ } export const evil = 1; /* \u202e\n";
    const layout = layoutFrom('05 A PIC X.');
    const [record] = layout.records;
    if (record === undefined) throw new Error('no record');
    const items = record.items.map((item) => (item.name === 'A' ? { ...item, name: hostile } : item));
    const root = { ...record.root, children: items.filter((item) => item.type !== null) };
    const evil = { ...record, name: hostile, root, items: [root, ...root.children] };
    const codec = createCodec({ ...layout, records: [evil] });
    const text = typeDeclarations([codec]);
    expect(text).not.toMatch(/\u202e/);
    expect(text.match(/^export/gm)).toHaveLength(1);
    const module = { declarations: text, type: pascalName(hostile), values: [expressionOf({ [hostile]: 'v' })] };
    expect(typeCheck([module])).toBe('');
  });
});
