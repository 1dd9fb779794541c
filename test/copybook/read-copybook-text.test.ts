import { describe, expect, it } from 'vitest';
import { readCopybookText } from '../../src/copybook/read-copybook-text.ts';
import { mistakeIn, shown } from './source-cases.ts';

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding));

/** The characters that copybooks here are written in, as code page 037 has them. */
function toEbcdic(text: string): number[] {
  const special: Readonly<Record<string, number>> = {
    ' ': 0x40,
    '.': 0x4b,
    '(': 0x4d,
    ')': 0x5d,
    '-': 0x60,
    "'": 0x7d,
  };
  return [...text].map((character) => {
    const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(character);
    if (letter >= 0) return letter < 9 ? 0xc1 + letter : letter < 18 ? 0xd1 + letter - 9 : 0xe2 + letter - 18;
    return /[0-9]/.test(character) ? 0xf0 + Number(character) : (special[character] ?? 0x6f);
  });
}

function decodeEbcdic(bytes: Uint8Array): string {
  const known = new Map(
    [..." .()-'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].map((character) => [toEbcdic(character)[0], character]),
  );
  return [...bytes].map((byte) => known.get(byte) ?? '?').join('');
}

const first = '       01  REC.';
const second = '           05  NAME PIC X(10).';
const tokens = '#01 REC . #05 NAME PIC {X(10)} .';

describe('the text of a copybook', () => {
  it.each([
    ['LF', '01 REC.\n05 NAME PIC X(10).\n'],
    ['CRLF', '01 REC.\r\n05 NAME PIC X(10).\r\n'],
    ['CR', '01 REC.\r05 NAME PIC X(10).'],
    ['NEL', '01 REC.\u008505 NAME PIC X(10).'],
    ['a byte order mark', '\ufeff01 REC. 05 NAME PIC X(10).'],
    ['the DOS end of file', '01 REC. 05 NAME PIC X(10).\r\n\u001a'],
  ])('may have %s', (_, text) => {
    expect(shown(bytesOf(text))).toBe(tokens);
    expect(shown(text)).toBe(tokens);
  });

  it('may be UTF-16', () => {
    expect(shown(bytesOf('\ufeff01 REC. 05 NAME PIC X(10).', 'utf16le'))).toBe(tokens);
  });

  it('is Latin-1 when it is not UTF-8', () => {
    expect(readCopybookText(bytesOf('05 STRA\u00dfE PIC X.', 'latin1'))).toBe('05 STRAßE PIC X.');
    expect(readCopybookText(bytesOf('05 STRAßE PIC X.'))).toBe('05 STRAßE PIC X.');
  });

  it('may be 80-byte cards without line ends', () => {
    expect(shown(bytesOf(`${first.padEnd(72)}CARD0001${second.padEnd(72)}CARD0002`))).toBe(tokens);
  });

  it.each([
    ["X'15'", [0x15]],
    ["X'25'", [0x25]],
    ["X'0D25'", [0x0d, 0x25]],
  ])('may be EBCDIC lines that end with %s', (_, end) => {
    const bytes = new Uint8Array([...toEbcdic(first), ...end, ...toEbcdic(second), ...end]);
    expect(shown(bytes, { decodeEbcdic })).toBe(tokens);
    expect(readCopybookText(bytes, { decodeEbcdic })).toBe(`${first}\n${second}\n`);
  });

  it('may be EBCDIC cards', () => {
    const bytes = new Uint8Array(toEbcdic(`${first.padEnd(80)}${second.padEnd(72)}00000020`));
    expect(shown(bytes, { decodeEbcdic })).toBe(tokens);
  });

  it('cannot be EBCDIC without a decoder', () => {
    expect(mistakeIn(new Uint8Array(toEbcdic(first)))).toMatchObject({
      code: 'BAD_CHARACTER',
      hint: expect.stringContaining('decodeEbcdic'),
    });
  });

  it('cannot be larger than 16 MiB', () => {
    expect(mistakeIn(new Uint8Array(16 * 1024 * 1024 + 1))).toMatchObject({ code: 'COPYBOOK_TOO_LARGE' });
    expect(mistakeIn(' '.repeat(16 * 1024 * 1024 + 1))).toMatchObject({ code: 'COPYBOOK_TOO_LARGE' });
  });
});
