import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import type { Codec } from '../../src/codec/create-codec.ts';
import type { Explanation } from '../../src/codec/explain.ts';
import type { Outline, Span } from '../../src/codec/explain-span.ts';
import { codecOf, ebcdic, hex } from './codec-of.ts';
import { tilingCopybook } from './tiling-copybook.ts';

const runs = Number(process.env['OVERPUNCH_RUNS'] ?? 500);

/** A span in short: `offset.bit+bits what`. */
function short(span: Span): string {
  const { offset, bit, bits, path } = span;
  const what = span.kind === 'gap' ? `(${span.gap})` : `${path}=${span.digits ?? span.value}`;
  return `${offset}${bit === 0 ? '' : `.${bit}`}+${bits % 8 === 0 ? bits / 8 : `${bits}b`} ${what}`;
}

function shortSpans(codec: Codec, bytes: Uint8Array): string[] {
  return codec.explain(bytes).spans.map(short);
}

/** Check that spans follow one another from bit 0 to the end. */
function expectTiles(explained: Explanation, bytes: Uint8Array): void {
  let at = 0;
  for (const span of explained.spans) {
    expect(8 * span.offset + span.bit).toBe(at);
    expect(span.bits).toBeGreaterThan(0);
    expect(span.length).toBe(Math.ceil((span.bit + span.bits) / 8));
    expect(span.bytes).toEqual(bytes.subarray(span.offset, span.offset + span.length));
    if (span.kind === 'gap' && span.gap === 'pad-bits') expect(span.bits).toBeLessThan(8);
    if (span.kind === 'field' && span.bits < span.item.bitLength) expect(at + span.bits).toBe(8 * bytes.length);
    at += span.bits;
  }
  expect(at).toBe(8 * bytes.length);
}

function expectFilled(part: Outline): void {
  if (part.kind === 'field' || part.kind === 'gap') return;
  let at = 8 * part.offset + part.bit;
  for (const inner of part.parts) {
    expect(8 * inner.offset + inner.bit).toBe(at);
    at += inner.bits;
    expectFilled(inner);
  }
  expect(at).toBe(8 * part.offset + part.bit + part.bits);
  for (const overlay of part.overlays) expectFilled(overlay);
}

describe('the spans of a record', () => {
  it('are its fields, and the gaps with their kinds', () => {
    const codec = codecOf(`01 R. 05 A PIC X. 05 B PIC S9(4) COMP SYNC. 05 FILLER PIC X(2).
      05 T OCCURS 2. 10 C PIC 9 COMP SYNC. 10 D PIC X.`);
    const record = hex('C1 00 0005 4040 0001 C2 00 0002 C3 00 FF');
    expect(shortSpans(codec, record)).toEqual([
      '0+1 A=A',
      '1+1 (slack)',
      '2+2 B=5',
      '4+2 (filler)',
      '6+2 T(1).C=1',
      '8+1 T(1).D=B',
      '9+1 (slack)',
      '10+2 T(2).C=2',
      '12+1 T(2).D=C',
      '13+1 (slack)',
      '14+1 (surplus)',
    ]);
    expect(codec.explain(record).spans.at(-1)?.issues).toMatchObject([{ code: 'SURPLUS_BYTES' }]);
  });

  it('start at bits where bit items do', () => {
    const codec = codecOf('01 R. 05 T OCCURS 3. 10 B PIC 1(3) BIT. 05 X PIC X.');
    expect(shortSpans(codec, hex('A0 C0 E0 C1'))).toEqual([
      '0+3b T(1).B=5',
      '0.3+5b (pad-bits)',
      '1+3b T(2).B=6',
      '1.3+5b (pad-bits)',
      '2+3b T(3).B=7',
      '2.3+5b (pad-bits)',
      '3+1 X=A',
    ]);
  });

  it('hold the slots a counter does not count under odo maximum, and slide under shifted', () => {
    const text = '01 R. 05 N PIC 9. 05 T PIC X(2) OCCURS 0 TO 3 DEPENDING ON N. 05 L PIC X.';
    expect(shortSpans(codecOf(text, { odo: 'maximum' }), ebcdic('1AA    Z'))).toEqual([
      '0+1 N=1',
      '1+2 T(1)=AA',
      '3+4 (unused-slot)',
      '7+1 L=Z',
    ]);
    expect(shortSpans(codecOf(text, { odo: 'shifted' }), ebcdic('1AAZ'))).toEqual([
      '0+1 N=1',
      '1+2 T(1)=AA',
      '3+1 L=Z',
    ]);
    expect(shortSpans(codecOf(text, { odo: 'padded' }), ebcdic('1AAZ    '))).toEqual([
      '0+1 N=1',
      '1+2 T(1)=AA',
      '3+1 L=Z',
      '4+4 (padding)',
    ]);
  });

  it('name what lies behind the end of a short record', () => {
    const codec = codecOf('01 R. 05 A PIC X(2). 05 B PIC X(3). 05 C PIC X. 05 T PIC X OCCURS 2.', { format: 'rdw' });
    const explained = codec.explain(ebcdic('AABB'));
    expect(explained.spans.map(short)).toEqual(['0+2 A=AA', '2+2 B=BB']);
    expect(explained.spans[1]?.issues).toMatchObject([{ code: 'ITEM_CUT' }]);
    expect(explained.missing.map(({ path }) => path)).toEqual(['C', 'T']);
    expect(explained.recordIssues).toMatchObject([{ code: 'TAIL_ABSENT' }]);
  });

  it('take a text line as it is, though it was read filled with blanks', () => {
    const codec = codecOf('01 R. 05 A PIC X(4). 05 B PIC X(2).', { format: 'text', codepage: 'ascii' });
    const explained = codec.explain(Buffer.from('AB'));
    expect(explained.spans.map(short)).toEqual(['0+2 A=AB']);
    expect(explained.missing).toMatchObject([{ path: 'B', value: '' }]);
    expect(explained.issues).toEqual([]);
  });

  it('carry the issues of their fields, those about counters too', () => {
    const codec = codecOf('01 R. 05 N PIC 9. 05 T PIC X OCCURS 1 TO 2 DEPENDING ON N.');
    const explained = codec.explain(ebcdic('9AB'));
    expect(explained.spans[0]?.issues).toMatchObject([{ code: 'COUNTER_RANGE' }]);
    expect(explained.recordIssues).toEqual([]);
  });

  it('are one gap when no record rule fits', () => {
    const codec = codecOf('01 A. 05 K PIC X. 01 B. 05 K2 PIC X(2).', { recordWhen: ['K:1=A', 'K:2=B'] });
    expect(shortSpans(codec, ebcdic('9Z'))).toEqual(['0+2 (no-record)']);
  });
});

describe('redefined areas', () => {
  const text = `01 R. 05 K PIC X. 05 A PIC X(2). 05 B REDEFINES A PIC 9(3). 05 C REDEFINES A.
    10 C1 PIC X(2). 10 C2 PIC S9(3) COMP-3. 05 Z PIC X.`;

  it('are tiled by the first present view; the others lie beside it', () => {
    const explained = codecOf(text).explain(hex('D2 F1F2 F34C E9'));
    expect(explained.spans.map(short)).toEqual([
      '0+1 K=K',
      '1+2 A=12',
      '3+1 (overlay)',
      '4+1 (absent-view)',
      '5+1 Z=Z',
    ]);
    const [area] = explained.areas;
    expect(area?.views.map(({ item, state }) => [item.name, state])).toEqual([
      ['A', 'present'],
      ['B', 'present'],
      ['C', 'unreadable'],
    ]);
    expect(area?.views[2]?.issues).toMatchObject([{ code: 'PACKED_DIGIT', path: 'C.C2' }]);
    expect(area?.overlays).toMatchObject([{ kind: 'field', path: 'B', digits: '123', offset: 1, length: 3 }]);
    expect(explained.issues).toEqual([]);
  });

  it('say why a view is absent where only absent views reach', () => {
    const explained = codecOf(text, { view: ['K:a=A', 'K:b=B', 'K:c=C'] }).explain(hex('81 F1F2 F34C E9'));
    expect(explained.spans.map(short)).toEqual(['0+1 K=a', '1+2 A=12', '3+2 (absent-view)', '5+1 Z=Z']);
    const gap = explained.spans[2];
    expect(gap?.kind === 'gap' && gap.views.map(({ item, state }) => [item.name, state])).toEqual([
      ['B', 'rule'],
      ['C', 'rule'],
    ]);
  });

  it('are a gap with NO_VIEW when no rule fits', () => {
    const explained = codecOf(text, { view: ['K:a=A'] }).explain(hex('82 F1F2 F34C E9'));
    expect(explained.spans.map(short)).toEqual(['0+1 K=b', '1+4 (absent-view)', '5+1 Z=Z']);
    expect(explained.spans[1]?.issues).toMatchObject([{ code: 'NO_VIEW' }]);
  });

  it('name the views behind the first', () => {
    const explained = codecOf(text, { views: 'first' }).explain(hex('82 F1F2 F34C E9'));
    expect(explained.areas[0]?.views.map(({ state }) => state)).toEqual(['present', 'not-first', 'not-first']);
  });

  it('have unused slots where a table inside leaves the area free', () => {
    const codec = codecOf(
      `01 R. 05 N PIC 9. 05 A PIC X(2). 05 B REDEFINES A PIC X OCCURS 0 TO 4 DEPENDING ON N.
      05 Z PIC X.`,
      { view: ['A=B'] },
    );
    expect(shortSpans(codec, ebcdic('3ABC Z'))).toEqual([
      '0+1 N=3',
      '1+1 B(1)=A',
      '2+1 B(2)=B',
      '3+1 B(3)=C',
      '4+1 (unused-slot)',
      '5+1 Z=Z',
    ]);
  });
});

const copybooks = [
  `01 R.
   05 K PIC X. 05 N PIC 9. 05 TXT PIC X(3). 05 NAT PIC N(2). 05 UT PIC U(1). 05 ED PIC -Z9.9. 05 FILLER PIC 9.
   05 Z1 PIC S9(3)V9. 05 P1 PIC S9(4)V9 COMP-3. 05 B1 PIC S9(9) COMP SYNC. 05 F2 COMP-2 SYNC.
   05 BI PIC 1(11) BIT. 05 BJ PIC 1(2) BIT. 05 BT PIC 1(3) BIT OCCURS 0 TO 5 DEPENDING ON N. 05 BK PIC 1 BIT.
   05 A1 PIC X(4). 05 A2 REDEFINES A1. 10 C PIC 9(4). 05 A3 REDEFINES A1. 10 T2 PIC S9 COMP-3 OCCURS 0 TO 6 DEPENDING ON N. 10 E PIC X.
   05 T OCCURS 0 TO 3 DEPENDING ON N. 10 M PIC 9. 10 S PIC 9(4) COMP SYNC. 10 U PIC 99 OCCURS 0 TO 2 DEPENDING ON M. 10 V PIC X. 10 W REDEFINES V PIC 9.
      10 FILLER REDEFINES V. 15 Q PIC 9 COMP-3. 15 FILLER PIC X.
   05 FILLER OCCURS 2. 10 FILLER PIC X. 10 Y PIC X.
   05 LAST-ONE PIC X(2).`,
  '01 R. 05 N PIC 9. 05 G OCCURS 0 TO 3 DEPENDING ON N. 10 E PIC X OCCURS 0 TO 2 DEPENDING ON N. 05 B PIC 1(3) BIT. 05 C REDEFINES B PIC X(2). 05 D PIC 1(4) BIT.',
  '01 R PIC S9(5) COMP-3.',
  '01 R PIC 1(13) BIT.',
];

const optionSets: readonly CodecOptions[] = [
  {},
  { odo: 'maximum', views: 'all', format: 'rdw' },
  { odo: 'padded', views: 'first', format: 'text', filler: 'keep' },
  { odo: 'maximum', view: ['K:A=A2', 'K:B=A3', 'M:1=W'], format: 'bdw' },
  { odo: 'shifted', view: ['K:A=A3', 'A1=A2'], views: 'all' },
];

// Bytes that records are made of are more interesting than others.
const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.integer({ min: 0xf0, max: 0xf5 }),
  fc.constantFrom(0x40, 0, 0x0c, 0xc1, 0xc2),
);

describe('whatever the bytes', () => {
  const cases = copybooks.flatMap((text, book) =>
    optionSets
      .filter((options) => book === 0 || options.view === undefined)
      .map((options) => [book, JSON.stringify(options), codecOf(text, options)] as const),
  );

  it('the spans tile the record exactly (any copybook)', () => {
    const someOptions = fc.record({
      odo: fc.constantFrom('maximum' as const, 'shifted' as const, 'padded' as const),
      views: fc.constantFrom('good' as const, 'all' as const, 'first' as const),
      format: fc.constantFrom('fixed' as const, 'rdw' as const, 'text' as const),
      filler: fc.constantFrom('keep' as const, 'drop' as const),
    });
    fc.assert(
      fc.property(
        tilingCopybook,
        someOptions,
        fc.array(byte, { maxLength: 300 }),
        fc.integer(),
        (text, options, list, cut) => {
          const codec = codecOf(text, options);
          // Short ones, long ones, and those of just the length.
          const length = cut % 3 === 0 ? list.length : codec.maximumLength + (cut % 2);
          const record = Uint8Array.from({ length }, (_, at) => list[at] ?? 0xf2);
          const explained = codec.explain(record);
          expectTiles(explained, record);
          for (const part of explained.outline) expectFilled(part);
          const measured = codec.lengthOf(record);
          if (measured !== null && measured <= record.length) expect(codec.read(record).length).toBe(measured);
        },
      ),
      { numRuns: runs },
    );
  });

  it.each(cases)('the spans tile the record exactly (copybook %i, %s)', (_book, _options, codec) => {
    const bytes = fc.array(byte, { maxLength: codec.maximumLength + 10 }).map((list) => Uint8Array.from(list));
    const whole = fc
      .array(byte, { minLength: codec.maximumLength, maxLength: codec.maximumLength })
      .map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(fc.oneof(bytes, whole), (record) => {
        const explained = codec.explain(record);
        expectTiles(explained, record);
        for (const part of explained.outline) expectFilled(part);
        const reading = codec.read(record);
        expect(explained.issues).toEqual(reading.issues);
        const overlays = explained.areas.flatMap((area) => area.overlays);
        const placed = new Set([...explained.spans, ...overlays.flatMap(leaves)].flatMap(({ issues }) => issues));
        for (const issue of explained.issues) {
          expect(placed.has(issue) || explained.recordIssues.includes(issue)).toBe(true);
        }
        for (const { path } of explained.recordIssues) if (record.length >= codec.maximumLength) expect(path).toBe('');
      }),
      { numRuns: 100 },
    );
  });
});

function leaves(part: Outline): Span[] {
  if (part.kind === 'field' || part.kind === 'gap') return [part];
  return [...part.parts, ...part.overlays].flatMap(leaves);
}
