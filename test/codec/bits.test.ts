import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCopybook, bitItems, makeRecord } from './bit-records.ts';
import { codecOf, hex } from './codec-of.ts';

const runs = Number(process.env['OVERPUNCH_RUNS'] ?? 300);

const longest = 400; // bytes: tables in tables in tables grow without telling more

/** Bytes from bits in groups. */
function bitBytes(text: string): Uint8Array {
  const bits = text.replaceAll(' ', '');
  const whole = bits.padEnd(8 * Math.ceil(bits.length / 8), '0');
  return Uint8Array.from(whole.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

describe('a bet of 3 bits, 3 bits, 26 bits, then n times 3 bits', () => {
  const bet = `10 KIND PIC 1(3) BIT. 10 N PIC 1(3) BIT. 10 STAKE PIC 1(26) BIT.
    10 HORSE PIC 1(3) BIT OCCURS 1 TO 7 DEPENDING ON N.`;
  const stake = (value: number): string => value.toString(2).padStart(26, '0');

  it('is read and written, and what follows it packs at the next bit', () => {
    const codec = codecOf(`01 R. 05 BET GROUP-USAGE BIT. ${bet} 05 AFTER PIC 1(2) BIT. 05 X PIC X.`);
    const bytes = bitBytes(`101 010 ${stake(1200)} 001 110 11 C1`.replace('C1', '11000001'));
    const { value, issues } = codec.decode(bytes);
    expect(issues).toEqual([]);
    expect(value).toEqual({ BET: { KIND: 5, N: 2, STAKE: 1200, HORSE: [1, 6] }, AFTER: 3, X: 'A' });
    expect(codec.encode(value).bytes).toEqual(bytes);
    expect(codec.lengthOf(bytes)).toBe(6);
    expect([codec.minimumLength, codec.maximumLength]).toEqual([6, 8]);
  });

  it('follows another one at the next bit in a table of bit groups, at the next byte in a table of groups', () => {
    const one = (packed: boolean) =>
      codecOf(`01 R. 03 COUNT-OF PIC 9. 03 BET ${packed ? 'GROUP-USAGE BIT' : ''}
        OCCURS 1 TO 3 DEPENDING ON COUNT-OF. ${bet} 03 X PIC X.`);
    const first = `001 001 ${stake(7)} 101`;
    const second = `010 010 ${stake(8)} 011 100`;
    const expected = {
      'COUNT-OF': 2,
      BET: [
        { KIND: 1, N: 1, STAKE: 7, HORSE: [5] },
        { KIND: 2, N: 2, STAKE: 8, HORSE: [3, 4] },
      ],
      X: 'A',
    };
    const packed = bitBytes(`11110010 ${first} ${second} 0000000 11000001`);
    const whole = bitBytes(`11110010 ${first} 00000 ${second} 00 11000001`);
    for (const [codec, bytes] of [
      [one(true), packed],
      [one(false), whole],
    ] as const) {
      const { value, issues } = codec.decode(bytes);
      expect(issues).toEqual([]);
      expect(value).toEqual(expected);
      expect(codec.encode(value).bytes).toEqual(bytes);
      expect(codec.encode(value, { original: bytes }).bytes).toEqual(bytes);
      expect(codec.fieldReader('X')(bytes)).toMatchObject({ value: 'A' });
      expect(codec.fieldReader('STAKE')(bytes)).toMatchObject({ value: 7 });
    }
  });

  it('shows its bits in explain, and the bits up to the next byte as a gap', () => {
    const codec = codecOf(`01 R. 05 BET GROUP-USAGE BIT. ${bet} 05 X PIC X.`);
    const { spans } = codec.explain(bitBytes(`101 001 ${stake(1)} 111 00000 11000001`));
    expect(spans.map((span) => [span.path, span.kind, span.offset, span.bit, span.bits])).toEqual([
      ['BET.KIND', 'field', 0, 0, 3],
      ['BET.N', 'field', 0, 3, 3],
      ['BET.STAKE', 'field', 0, 6, 26],
      ['BET.HORSE(1)', 'field', 4, 0, 3],
      ['', 'gap', 4, 3, 5],
      ['X', 'field', 5, 0, 1 * 8],
    ]);
    expect(spans[4]).toMatchObject({ gap: 'pad-bits' });
  });
});

describe('bits under OCCURS DEPENDING ON', () => {
  it('move redefined areas of bits by bits, those with bytes in them by bytes', () => {
    const codec = codecOf(
      `01 R. 05 N PIC 1(3) BIT. 05 T PIC 1(3) BIT OCCURS 0 TO 3 DEPENDING ON N. 05 A PIC 1(4) BIT. 05 B REDEFINES A.
       10 B1 PIC 1 BIT. 10 B2 PIC 1(3) BIT.`.replace('B REDEFINES A.', 'B REDEFINES A GROUP-USAGE BIT.'),
      { views: 'all' },
    );
    expect(codec.decode(bitBytes('001 101 1001')).value).toEqual({ N: 1, T: [5], A: 9, B: { B1: 1, B2: 1 } });
    const bytes = codecOf(`01 R. 05 N PIC 1(2) BIT. 05 T PIC 1(2) BIT OCCURS 0 TO 3 DEPENDING ON N. 05 A PIC 1(8) BIT.
       05 B REDEFINES A PIC X.`);
    expect(bytes.decode(hex('40 C1')).value).toEqual({ N: 1, T: [0], A: 0xc1, B: 'A' });
    expect(bytes.decode(hex('C0 C1')).value).toEqual({ N: 3, T: [0, 0, 0], A: 0xc1, B: 'A' });
  });

  it('slide with the slack before an item, which is that at maximum counts', () => {
    const codec =
      codecOf(`01 R. 05 N PIC 1(4) BIT. 05 T PIC 1(4) BIT OCCURS 0 TO 5 DEPENDING ON N. 05 C PIC 9(4) COMP SYNC.
      05 D PIC 1(4) BIT.`);
    // At five entries C stands at byte 4 behind one byte of slack.
    expect(codec.decode(hex('50 0000 00 0007 90')).value).toMatchObject({ T: [0, 0, 0, 0, 0], C: 7, D: 9 });
    expect(codec.decode(hex('1F 00 0007 90')).value).toMatchObject({ T: [15], C: 7, D: 9 });
  });

  it('keep the bits of the original between items where there are as many of them', () => {
    const codec = codecOf(`01 R. 05 N PIC 1(3) BIT. 05 T PIC 1(3) BIT OCCURS 0 TO 7 DEPENDING ON N. 05 X PIC X.`);
    const original = bitBytes('001 111 11 11000001');
    const { value } = codec.decode(original);
    expect(codec.encode(value, { original }).bytes).toEqual(original);
    expect(codec.encode({ ...value, X: 'B' }, { original }).bytes).toEqual(bitBytes('001 111 11 11000010'));
    expect(codec.encode({ N: 2, T: [7, 7], X: 'A' }, { original }).bytes).toEqual(
      bitBytes('010 111 111 0000000 11000001'),
    );
  });

  it('lie where a pencil would put them, in every direction', () => {
    fc.assert(
      fc.property(
        bitItems,
        fc.constantFrom('maximum' as const, 'shifted' as const),
        fc.infiniteStream(fc.nat({ max: 1023 })),
        (items, odo, noise) => {
          const codec = codecOf(bitCopybook(items), { odo });
          fc.pre(codec.maximumLength <= longest);
          const { bytes, value, fields } = makeRecord(items, odo, () => noise.next().value);
          const decoded = codec.decode(bytes);
          expect(decoded.issues).toEqual([]);
          expect(decoded.value).toEqual(value);
          const spans = codec.explain(bytes).spans.filter((span) => span.kind === 'field');
          expect(spans.map((span) => `${span.path} ${8 * span.offset + span.bit}+${span.bits}=${span.value}`)).toEqual(
            fields,
          );
          expect(codec.lengthOf(bytes)).toBe(bytes.length);
          expect(bytes.length).toBeGreaterThanOrEqual(codec.minimumLength);
          expect(bytes.length).toBeLessThanOrEqual(codec.maximumLength);
          expect(codec.encode(value).bytes).toEqual(bytes);
          expect(codec.encode(value, { original: bytes }).bytes).toEqual(bytes);
        },
      ),
      { numRuns: runs },
    );
  });

  it('and each field alone is read where the record has it', () => {
    fc.assert(
      fc.property(bitItems, fc.infiniteStream(fc.nat({ max: 1023 })), (items, noise) => {
        const codec = codecOf(bitCopybook(items));
        fc.pre(codec.maximumLength <= longest);
        const { bytes, fields } = makeRecord(items, 'shifted', () => noise.next().value);
        const first = new Map<string, string>();
        for (const field of fields) {
          const [, path = '', value = ''] = /^(\S+) .*=(.*)$/.exec(field) ?? [];
          const name =
            path
              .split('.')
              .at(-1)
              ?.replace(/\(\d+\)$/, '') ?? '';
          // Inside further tables the first entry is meant.
          if (!/\((?!1\))/.test(path)) first.set(name, value);
        }
        for (const [name, value] of first) expect(String(codec.fieldReader(name)(bytes)?.value)).toBe(value);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });
});

describe('a field shown as bits or in hexadecimal', () => {
  it('is written as given, though its digits happen to be the number before', () => {
    for (const [setting, before, after] of [
      ['bits', '1010', '0010'],
      ['hex', 'A0', '10'],
    ] as const) {
      const codec = codecOf('01 R. 05 F PIC 1(4) BIT.', { field: `F=${setting}` });
      const original = hex('A0');
      expect(codec.decode(original).value).toEqual({ F: before });
      const written = codec.encode({ F: after }, { original }).bytes ?? new Uint8Array();
      expect(codec.decode(written).value).toEqual({ F: after });
    }
  });

  it('may be a counter all the same', () => {
    const codec = codecOf('01 R. 05 N PIC 1(3) BIT. 05 T PIC 1(5) BIT OCCURS 0 TO 3 DEPENDING ON N.', {
      field: 'N=bits',
    });
    expect(codec.decode(bitBytes('010 00001 00010')).value).toEqual({ N: '010', T: [1, 2] });
    expect(codec.encode({ N: '010', T: [1, 2] }).bytes).toEqual(bitBytes('010 00001 00010'));
  });
});
