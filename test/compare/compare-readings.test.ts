import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/index.ts';
import { compareReadings } from '../../src/compare/index.ts';
import { codecOf, hex } from '../codec/codec-of.ts';

function differences(copybook: string, left: string, right: string, options: CodecOptions = {}): string[] {
  const codec = codecOf(copybook, options);
  const [first, second] = [hex(left), hex(right)];
  const found = compareReadings(
    codec,
    { reading: codec.read(first), bytes: first },
    { reading: codec.read(second), bytes: second },
  );
  return found.map(({ path, left, right }) => `${path} ${JSON.stringify(left)} ${JSON.stringify(right)}`);
}

describe('comparing records', () => {
  it('compares numbers by value and text as decoded', () => {
    const copybook = '01 R. 05 A PIC S9(3) COMP-3. 05 B PIC X(2). 05 FILLER PIC X.';
    expect(differences(copybook, '001C C140 F1', '001F C140 F2')).toEqual([]);
    expect(differences(copybook, '001C C140 F1', '002C C141 F1')).toEqual([
      'A {"state":"number","digits":"1"} {"state":"number","digits":"2"}',
      'B {"state":"text","text":"A"} {"state":"text","text":"A\u00a0"}',
    ]);
  });

  it('compares what cannot be read by its bytes', () => {
    const copybook = '01 R. 05 A PIC S9(3) COMP-3.';
    expect(differences(copybook, '001A', '00AB')).toHaveLength(1);
    expect(differences(copybook, '00AB', '00AB')).toEqual([]);
    expect(differences(copybook, '00AB', '00BB')).toEqual([
      'A {"state":"unreadable","hex":"00AB"} {"state":"unreadable","hex":"00BB"}',
    ]);
  });

  it('shows entries that only one of them has, and FILLER by its place', () => {
    const copybook = '01 R. 05 N PIC 9. 05 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 FILLER PIC X.';
    expect(differences(copybook, 'F1 C1 40', 'F2 C1 C2 C3', { filler: 'keep' })).toEqual([
      'N {"state":"number","digits":"1"} {"state":"number","digits":"2"}',
      'FILLER@4 {"state":"text","text":""} {"state":"text","text":"C"}',
      'T(2) {"state":"absent"} {"state":"text","text":"B"}',
    ]);
  });

  it('finds nothing in a record and itself, whatever its bytes', () => {
    const codec = codecOf('01 R. 05 A PIC X(3). 05 B PIC 9(3) COMP-3. 05 C REDEFINES B PIC X(2). 05 D COMP-2.');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 16 }), (bytes) => {
        const record = { reading: codec.read(bytes), bytes };
        expect(compareReadings(codec, record, { reading: codec.read(bytes), bytes })).toEqual([]);
      }),
    );
  });
});
