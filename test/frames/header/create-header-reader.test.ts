import { describe, expect, it } from 'vitest';
import { createHeaderReader } from '../../../src/frames/header/create-header-reader.ts';
import { frameCheckOf } from '../../../src/frames/header/frame-check-of.ts';
import { ebcdic, hex } from '../../codec/codec-of.ts';
import { type HeaderDraft, headerOf, terminalHeader } from './header-of.ts';
import { valuesOf } from './values-of.ts';

/** 112 bytes, I1, T003, Q, flags 101, terminal 1234, transaction 77, sequence 2^31 + 1, 1763800000123 ms. */
const frame = hex('0070 C9F1 E3F0F0F3 D8 A0 F0F1F2F3F4F0F0F0F7F7 80000001 001763800000123F');

/** The key of one frame whose header is a type of one byte and `clauses`, as number and as text. */
function keyOf(clauses: string, bytes: Uint8Array): readonly [number, string] {
  const reader = createHeaderReader(
    headerOf({ copybook: `01 H. 05 T PIC X. 05 K ${clauses}.`, fields: { type: 'T', key: 'K' } }),
  );
  expect(reader.at(Uint8Array.from([0x40, ...bytes]), 0)).toBe(true);
  return [reader.key, reader.keyText()];
}

/** The time of one frame whose header holds little else. */
function timeOf(clauses: string, bytes: Uint8Array, timeFormat: HeaderDraft['timeFormat']): string {
  const copybook = `01 H. 05 T PIC X. 05 W ${clauses}.`;
  const reader = createHeaderReader(
    headerOf({ copybook, fields: { type: 'T', key: 'T', time: 'W' }, ...(timeFormat ? { timeFormat } : {}) }),
  );
  reader.at(Uint8Array.from([0x40, ...bytes]), 0);
  return Number.isNaN(reader.time) ? 'none' : new Date(reader.time).toISOString();
}

describe('a header reader', () => {
  it('reads each part of a header where it lies', () => {
    const reader = createHeaderReader(terminalHeader(75));
    expect(reader.length).toBe(32);
    expect(valuesOf(reader, new Uint8Array([...hex('FFFFFF'), ...frame, 0]), 3)).toEqual({
      type: 6,
      direction: 0,
      key: 123400077,
      sequence: 2 ** 31 + 1,
      time: 1763800000123,
      frameLength: 112,
      flags: 0xa0,
    });
    expect(reader.keyText()).toBe('0123400077');
  });

  it('is nowhere before the first frame and where fewer bytes than a header are', () => {
    const reader = createHeaderReader(terminalHeader(1));
    const nothing = { type: -1, direction: -1, key: Number.NaN, frameLength: Number.NaN, flags: Number.NaN };
    expect(reader).toMatchObject(nothing);
    expect(reader.at(frame, 0)).toBe(true);
    for (const offset of [1, 32, -1, Number.NaN]) {
      expect(reader.at(frame, offset)).toBe(false);
      expect(reader).toMatchObject(nothing);
      expect(reader.keyText()).toBe('');
    }
  });

  it('follows from part to part of one buffer and to another buffer', () => {
    const reader = createHeaderReader(terminalHeader(75));
    const twice = new Uint8Array([0, ...frame, ...frame]);
    for (const bytes of [twice.subarray(1, 33), twice.subarray(33), Uint8Array.from(frame), Buffer.from(frame)]) {
      expect(valuesOf(reader, bytes, 0)).toMatchObject({ type: 6, key: 123400077, frameLength: 112 });
    }
  });

  it('says that a type or direction is unknown, and knows the others afterwards, whatever came between', () => {
    const reader = createHeaderReader(terminalHeader(75));
    const bytes = frame.slice();
    for (let noise = 0; noise < 3000; noise++) {
      bytes.set([noise >> 8, noise, 1, 2], 4);
      reader.at(bytes, 0);
      expect(reader.type).toBe(-1);
    }
    bytes.set(ebcdic('R074?'), 4);
    reader.at(bytes, 0);
    expect([reader.type, reader.direction]).toEqual([149, -1]);
  });

  it('takes the direction from the type where no value stands for it', () => {
    const source = terminalHeader(2);
    const silent = { ...source.header, directions: { request: ['Q'], response: [], notice: [] } };
    const reader = createHeaderReader({ ...source, header: silent });
    const answer = frame.slice();
    answer.set(ebcdic('R001?'), 4);
    expect(valuesOf(reader, answer, 0)).toMatchObject({ type: 3, direction: 1 });
    answer.set(ebcdic('T001?'), 4);
    expect(valuesOf(reader, answer, 0)).toMatchObject({ type: 2, direction: -1 });
  });

  it('tells types by several fields, any value where none is given, the first that fits', () => {
    const reader = createHeaderReader(
      headerOf({
        copybook: '01 H. 05 T PIC X(2). 05 S PIC S9(3) COMP-3.',
        fields: { type: 'T', key: 'T' },
        discriminators: ['T', 'S'],
        types: [
          { when: [['A'], ['1', '-1']], role: 'request' },
          { when: [['A'], []], role: 'request' },
          { when: [[], ['2']], role: 'request' },
        ],
      }),
    );
    const types = [
      'C140 001C',
      'C140 001F',
      'C140 001D',
      'C140 009C',
      'C240 002C',
      'C240 003C',
      '40C1 001C',
      'C140 FFFF',
    ];
    expect(types.map((bytes) => valuesOf(reader, hex(bytes), 0)?.type)).toEqual([0, 0, 0, 1, 2, -1, 0, 1]);
  });

  it('takes a blank number for blank, and for zero where blank counts as zero', () => {
    const typeOf = (blank: 'null' | 'zero', whens: readonly string[]): number | undefined => {
      const types = whens.map((when) => ({ when: [[when]], role: 'request' as const }));
      const draft = { copybook: '01 H. 05 T PIC 9(2).', fields: { type: 'T', key: 'T' }, types, options: { blank } };
      return valuesOf(createHeaderReader(headerOf(draft)), hex('4040'), 0)?.type;
    };
    expect(typeOf('null', ['1', '0', ''])).toBe(2);
    expect(typeOf('zero', ['1', '0', ''])).toBe(1);
    expect(typeOf('zero', ['1', '', '00.0'])).toBe(1);
    expect(typeOf('null', ['1', '0'])).toBe(-1);
  });

  it('reads keys by value, and short texts by their bytes', () => {
    expect(keyOf('PIC 9(4)', hex('F0F0F1F2'))).toEqual([12, '12']);
    expect(keyOf('PIC S9(4) COMP', hex('FFFE'))).toEqual([-2, '-2']);
    expect(keyOf('PIC X(6)', ebcdic('AB    '))).toEqual([0xc1c240404040, 'AB']);
    expect(keyOf('PIC X(7)', ebcdic('ABCDEFG'))).toEqual([Number.NaN, 'ABCDEFG']);
    expect(keyOf('PIC 9(16)', hex('F0'.repeat(16)))).toEqual([Number.NaN, '0']);
    expect(keyOf('. 10 A PIC 9(2). 10 B PIC 9(3)', hex('F0F1F0F0F2'))).toEqual([1002, '01002']);
    // Another sign than the preferred one is the same number, and so the same key.
    expect(keyOf('. 10 A PIC 9(2). 10 B PIC 9(3)', hex('F0C1F0F0A2'))).toEqual([1002, '01002']);
    expect(keyOf('. 10 A PIC 9(4) COMP. 10 B PIC X', hex('010203'))).toEqual([0x010203, "X'010203'"]);
  });

  it('has no key where it is blank or no digits', () => {
    expect(keyOf('PIC X(4)', hex('40404040'))).toEqual([Number.NaN, '']);
    expect(keyOf('PIC 9(4)', hex('40404040'))).toEqual([Number.NaN, "X'40404040'"]);
    expect(keyOf('PIC 9(4)', hex('F0F0FAF0'))).toEqual([Number.NaN, "X'F0F0FAF0'"]);
    expect(keyOf('. 10 A PIC 9(2). 10 B PIC 9(2)', hex('F0F14040'))).toEqual([Number.NaN, "X'F0F14040'"]);
    expect(keyOf('. 10 A PIC 9(2). 10 B PIC 9(2)', hex('F0D1F0F1'))).toEqual([Number.NaN, "X'F0D1F0F1'"]);
  });

  it('reads times in every format', () => {
    const utc = (kind: 'seconds' | 'milliseconds' | 'microseconds' | 'stck' | 'digits', offset = 0) => ({
      kind,
      offset,
    });
    expect(timeOf('PIC 9(9) COMP', hex('3B9ACA00'), utc('seconds'))).toBe('2001-09-09T01:46:40.000Z');
    expect(timeOf('PIC 9(15) COMP-3', hex('001763800000123F'), utc('milliseconds'))).toBe('2025-11-22T08:26:40.123Z');
    expect(timeOf('PIC 9(18) COMP-5', hex('00038D7EA4C68000'), utc('microseconds'))).toBe('2001-09-09T01:46:40.000Z');
    expect(timeOf('PIC X(8)', hex('7D91048BCA000000'), utc('stck'))).toBe('1970-01-01T00:00:00.000Z');
    expect(timeOf('PIC X(14)', ebcdic('20250228235959'), utc('digits', 60))).toBe('2025-02-28T22:59:59.000Z');
    expect(timeOf('PIC 9(17)', ebcdic('20240229000000123'), utc('digits'))).toBe('2024-02-29T00:00:00.123Z');
    expect(timeOf('PIC 9(14) COMP-3', hex('020250228235959F'), utc('digits'))).toBe('2025-02-28T23:59:59.000Z');
  });

  it('has no time where there is no such time', () => {
    const digits = { kind: 'digits', offset: 0 } as const;
    for (const text of ['20250229000000', '20251301000000', '20250101240000', '20250101006000', '2025010100000A'])
      expect(timeOf('PIC X(14)', ebcdic(text), digits)).toBe('none');
    expect(timeOf('PIC X(12)', ebcdic('202501010000'), digits)).toBe('none');
    expect(timeOf('PIC X(6)', hex('7D91048BCA00'), { kind: 'stck', offset: 0 })).toBe('none');
    expect(timeOf('PIC S9(18) COMP', hex('7FFFFFFFFFFFFFFF'), { kind: 'milliseconds', offset: 0 })).toBe('none');
    expect(timeOf('PIC 9(15) COMP-3', hex('999999999999999F'), { kind: 'seconds', offset: 0 })).toBe('none');
  });

  it('refuses to compare numbers with words', () => {
    const types = [{ when: [['T031']], role: 'request' as const }];
    const source = headerOf({ copybook: '01 H. 05 T PIC 9(4).', fields: { type: 'T', key: 'T' }, types });
    expect(() => createHeaderReader(source)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('writes no name of a copybook into its code', () => {
    const copybook = '01 H. 05 T PIC X(4). 05 __PROTO__ PIC 9(4). 05 CONSTRUCTOR PIC 9(4).';
    const types = [{ when: [['";}']], role: 'request' as const }];
    const reader = createHeaderReader(
      headerOf({ copybook, fields: { type: 'T', key: '__PROTO__', sequence: 'CONSTRUCTOR' }, types }),
    );
    expect(valuesOf(reader, ebcdic('";} 00010002'), 0)).toMatchObject({ type: 0, key: 1, sequence: 2 });
  });
});

describe('what framing is told of a header', () => {
  it('is how long it is, and what length it says', () => {
    const { minimum, maximum, lengthAt } = frameCheckOf(terminalHeader(1));
    expect([minimum, maximum, lengthAt?.(frame, 0), lengthAt?.(frame, 1)]).toEqual([32, 4096, 112, Number.NaN]);
    expect(
      frameCheckOf(headerOf({ copybook: '01 H. 05 T PIC X.', fields: { type: 'T', key: 'T' } })).lengthAt,
    ).toBeNull();
  });

  it('is no length where neither type nor direction is one of the protocol', () => {
    const { lengthAt } = frameCheckOf(terminalHeader(4));
    const other = frame.slice();
    other.set(ebcdic('NONEQ'), 4);
    expect(lengthAt?.(other, 0)).toBe(112);
    other.set(ebcdic('T003?'), 4);
    expect(lengthAt?.(other, 0)).toBe(112);
    other.set(ebcdic('NONE?'), 4);
    expect(lengthAt?.(other, 0)).toBeNaN();
  });

  it('is no length without a time where there is no direction', () => {
    const { lengthAt } = frameCheckOf(
      headerOf({
        copybook: '01 H. 05 L PIC 9(2). 05 T PIC X. 05 W PIC 9(4).',
        fields: { type: 'T', key: 'T', length: 'L', time: 'W' },
        timeFormat: { kind: 'seconds', offset: 0 },
      }),
    );
    expect(lengthAt?.(ebcdic('12X0001'), 0)).toBe(12);
    expect(lengthAt?.(ebcdic('12X00A1'), 0)).toBeNaN();
  });
});
