import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodec } from '../../src/codec/create-codec.ts';
import { layoutFrom } from './codec-of.ts';
import { type RandomCopybook, randomCopybooks } from './random-copybook.ts';
import { randomRecord } from './random-record.ts';

const runs = Number(process.env['OVERPUNCH_RUNS'] ?? 240);

function prepare(copybook: RandomCopybook) {
  const codec = createCodec(layoutFrom(copybook.text, copybook.dialect), copybook.options);
  const [record] = codec.records;
  if (record === undefined) throw new Error('no record');
  return { codec, record };
}
const hexOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'));

describe('a random record of a random copybook', () => {
  it('is clean, and encodes from its value to the same bytes', () => {
    fc.assert(
      fc.property(randomCopybooks(), (copybook) => {
        const { codec, record } = prepare(copybook);
        const bytes = randomRecord(record, codec.options, copybook.random);
        const { value, issues } = codec.decode(bytes);
        expect(issues).toEqual([]);
        expect(codec.lengthOf(bytes)).toBe(bytes.length);
        const again = codec.encode(value);
        expect(again.issues).toEqual([]);
        expect(hexOf(again.bytes)).toBe(hexOf(bytes));
        const throughJson = codec.encode(JSON.parse(codec.toJson(codec.read(bytes))));
        if (codec.options.numbers !== 'bigint') expect(hexOf(throughJson.bytes)).toBe(hexOf(bytes));
        // The value is the same again, and the original changes nothing.
        if (again.bytes !== null) expect(codec.decode(again.bytes).value).toEqual(value);
        expect(hexOf(codec.encode(value, { original: bytes }).bytes)).toBe(hexOf(bytes));
      }),
      { numRuns: runs },
    );
  });

  it('keeps every byte of any good record with its original, and those of missing fields', () => {
    let good = 0;
    fc.assert(
      fc.property(randomCopybooks(), fc.infiniteStream(fc.nat()), (copybook, noise) => {
        const { codec, record } = prepare(copybook);
        const bytes = randomRecord(record, codec.options, copybook.random);
        for (let change = 0; change < 2; change++) {
          const at = noise.next().value % bytes.length;
          bytes[at] = [0x40, 0xf5, 0, 0xc1, 0x0f, 0xff][noise.next().value % 6] ?? 0;
        }
        const cut = bytes.subarray(
          0,
          noise.next().value % 3 === 0 ? noise.next().value % (bytes.length + 1) : bytes.length,
        );
        const { value, issues } = codec.decode(cut);
        if (issues.some(({ severity }) => severity === 'error')) return;
        good++;
        const again = codec.encode(value, { original: cut });
        expect(again.issues).toEqual([]);
        expect(hexOf(again.bytes)).toBe(hexOf(cut));
        const whole = codec.encode({}, { original: cut });
        expect(whole.issues).toEqual([]);
        expect(hexOf(whole.bytes)).toBe(hexOf(cut));
      }),
      { numRuns: runs },
    );
    expect(good).toBeGreaterThan(runs / 10);
  });

  it('is kept where views have no rule, in mixed and double-byte text too', () => {
    const layout =
      layoutFrom(`01 R. 05 A PIC X(6). 05 B REDEFINES A. 10 C PIC 9(3). 10 FILLER PIC X. 10 D PIC S9(3) COMP-3.
      05 E REDEFINES A PIC N(3). 05 F PIC G(2). 05 G PIC X(4) JUSTIFIED. 05 H PIC -9.9. 05 I PIC X(8). 05 J PIC N(2).`);
    const byte = fc.oneof(
      fc.constantFrom(0x40, 0, 0xf1, 0xf0, 0x1c, 0x0e, 0x0f, 0x4b, 0x60, 0x42, 0xc1, 0x30),
      fc.nat(255),
    );
    for (const options of [
      { codepage: 'cp930' },
      { codepage: 'cp930', trim: 'none', edited: 'number' },
      { codepage: 'cp037', edited: 'number', views: 'all' },
      { codepage: 'utf8', views: 'first' },
    ] as const) {
      const codec = createCodec(layout, options);
      fc.assert(
        fc.property(fc.array(byte, { minLength: 34, maxLength: 34 }), (list) => {
          const bytes = Uint8Array.from(list.slice(0, codec.maximumLength));
          const { value, issues } = codec.decode(bytes);
          if (issues.some(({ severity }) => severity === 'error')) return;
          expect(hexOf(codec.encode(value, { original: bytes }).bytes)).toBe(hexOf(bytes));
          if (issues.length > 0) return;
          const made = codec.encode(value).bytes;
          // Only the FILLER, where no other view describes it, may differ.
          if (made !== null && !('A' in value || 'E' in value)) made[3] = bytes[3] ?? 0;
          expect(hexOf(made)).toBe(hexOf(bytes));
        }),
        { numRuns: 4 * runs },
      );
    }
  });

  it('never crashes the encoder, whatever the value', () => {
    fc.assert(
      fc.property(randomCopybooks(), fc.jsonValue(), fc.jsonValue(), fc.boolean(), (copybook, json, other, init) => {
        const { codec, record } = prepare(copybook);
        const bytes = randomRecord(record, codec.options, copybook.random);
        const { value } = codec.decode(bytes);
        const names = Object.keys(value);
        const mixed = Object.fromEntries(names.map((name, at) => [name, at % 2 === 0 ? json : value[name]]));
        for (const given of [json, { ...value, [names[0] ?? '']: json, extra: other }, mixed]) {
          for (const original of [undefined, bytes, bytes.subarray(0, bytes.length >> 1), Uint8Array.of()]) {
            const { bytes: made, issues } = codec.encode(given, { original, init, round: init });
            expect(made === null).toBe(issues.length > 0);
          }
        }
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  it('is made from nothing by init, and reads without error', () => {
    fc.assert(
      fc.property(randomCopybooks(), (copybook) => {
        const { codec } = prepare({ ...copybook, options: { ...copybook.options, view: [] } });
        const made = codec.encode({}, { init: true });
        const unreachable = made.issues.filter(({ code }) => code !== 'ENCODE_COUNT');
        expect(unreachable).toEqual([]);
        if (made.bytes === null) return;
        const { issues } = codec.decode(made.bytes);
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
