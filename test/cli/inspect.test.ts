import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectHeading } from '../../src/cli/inspect-heading.ts';
import { inspectJson } from '../../src/cli/inspect-json.ts';
import { inspectTree } from '../../src/cli/inspect-tree.ts';
import { inspectVertical } from '../../src/cli/inspect-vertical.ts';
import type { Inspected } from '../../src/cli/inspected.ts';
import { type Screen, screenOf } from '../../src/cli/screen.ts';
import { wrapText } from '../../src/cli/wrap-text.ts';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import type { Codec } from '../../src/codec/create-codec.ts';
import { codecOf, ebcdic, hex } from '../codec/codec-of.ts';

const plain = (text: string): string => text;

function screen(width: number): Screen {
  return { width, dim: plain, bold: plain, red: plain, yellow: plain };
}

function inspected(codec: Codec, bytes: Uint8Array, full = false): Inspected {
  const explained = codec.explain(bytes);
  const place = { file: 'x\u001b[2J.dat', record: 1, offset: 0 };
  const { codepage, format } = codec.options;
  const { recordIssues, issues } = explained;
  return { place, bytes, codepage, filled: format === 'text', explained, frame: null, recordIssues, issues, full };
}

function treeOf(text: string, bytes: Uint8Array, options: CodecOptions = {}): string[] {
  return [...inspectTree(inspected(codecOf(text, options), bytes), screen(100))].map((line) => line.trimEnd());
}

describe('the tree of a record', () => {
  it('shows bytes no field describes as what they are', () => {
    const text = '01 R. 05 A PIC X. 05 B PIC 9(4) COMP SYNC. 05 FILLER PIC X(2). 05 C PIC 1(3) BIT. 05 D PIC X.';
    expect(treeOf(text, hex('C1 00 0007 4040 A0 C2 FFFE'))).toEqual([
      'BYTES  HEX                FIELD   PICTURE    VALUE',
      '0      C1                 A       X          "A"',
      '1      00                                    (slack of SYNCHRONIZED)',
      '2-3    0007               B       9(4) COMP  7',
      '4-5    4040               FILLER  X(2)       (filler)',
      '6.0-2  A0                 C       1(3) BIT   5',
      '6.3-7  A0                                    (pad bits)',
      '7      C2                 D       X          "B"',
      '8-9    FFFE                                  (surplus: behind the end of the layout) .Ú',
      '                          note SURPLUS_BYTES (the record is longer than its layout): the end of',
      '                            the record: its layout describes 8 bytes',
    ]);
  });

  it('shows control characters and direction changes in data as what they are', () => {
    const lines = treeOf('01 R. 05 A PIC N(3).', hex('001B 202E 0041'));
    expect(lines[1]).toBe('0-5    001B202E 0041      A      N(3) NATIONAL  "\\x1B\\x202EA"');
  });

  it('shortens long runs and long fields, unless all of it is wanted', () => {
    const codec = codecOf('01 R. 05 A PIC X(60). 05 B PIC X(60).', { trim: 'none' });
    const bytes = ebcdic(`${'ABC'.repeat(20)}${' '.repeat(60)}`);
    const short = [...inspectTree(inspected(codec, bytes), screen(100))].join('\n');
    expect(short).toContain('… 28 more');
    expect(short).toContain('40 x 60');
    const full = [...inspectTree(inspected(codec, bytes, true), screen(100))].join('\n');
    expect(full).not.toContain('more');
    expect(full.match(/ [0-9A-F]{8} [0-9A-F]{8} /g)).toHaveLength(14);
  });
});

describe('whatever the bytes', () => {
  const text = `01 R. 05 N PIC 9. 05 A PIC X(3). 05 P PIC S9(5) COMP-3. 05 B PIC 1(3) BIT. 05 U PIC N(2).
    05 V PIC X(4). 05 W REDEFINES V PIC S9(3) SIGN LEADING SEPARATE. 05 X REDEFINES V. 10 Y PIC 9(5).
    05 T OCCURS 0 TO 3 DEPENDING ON N. 10 F PIC S9(4) COMP. 10 FILLER PIC X.
    05 A-NAME-THAT-IS-AS-LONG-AS-ANY PIC X(9).`;
  const codecs = [
    {},
    { views: 'all', odo: 'maximum' },
    { view: 'N:1,2=X', format: 'text' },
    { codepage: 'utf8' },
  ] as const;

  it.each(codecs)('no line is wider than the screen or moves the cursor (%o)', (options) => {
    const codec = codecOf(text, options);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 60, max: 200 }), (bytes, width) => {
        const shown = inspected(codec, bytes);
        const lines = [inspectHeading, inspectTree, inspectVertical].flatMap((show) => [...show(shown, screen(width))]);
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        }
        expect(JSON.parse(inspectJson(shown))).toMatchObject({ length: bytes.length });
      }),
      { numRuns: 150 },
    );
  });
});

describe('the screen', () => {
  it('has no colours and 100 columns where there is no terminal', () => {
    const { width, red } = screenOf({ isTTY: false, columns: 40 } as NodeJS.WriteStream, undefined);
    expect([width, red('x')]).toEqual([100, 'x']);
  });
});

describe('wrapped text', () => {
  it('is the text, in lines no longer than the width', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = wrapText(text, width);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
