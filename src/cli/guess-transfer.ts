import { toHex } from '../bytes/hex.ts';
import { type Guess, mostlyBad, share } from './run-shape.ts';

const again = 'such bytes are lost: transfer the file again in binary mode';

/** U+FFFD in UTF-8: something decoded the file as text and replaced what it could not read. */
export const guessReplacements: Guess = ({ sample }) => {
  const count = occurrences(sample, Uint8Array.of(0xef, 0xbf, 0xbd));
  if (count < 3) return null;
  return `the file has EF BF BD ${count} times in its first ${sample.length} bytes, which programs write for characters they cannot read; ${again}`;
};

const lineEnds = ['0D25', '0D0A', '25', '15', '0A'].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

/** Line ends behind every record of a fixed length. */
export const guessLineEnds: Guess = ({ format, sample, recordLength }) => {
  if (format !== 'fixed' || recordLength === null) return null;
  const found = lineEnds.find((end) => followsEach(sample, recordLength, end));
  if (found === undefined) return null;
  const { length } = found;
  return `a line end, X'${toHex(found)}', follows every ${recordLength} bytes: try --record-length ${recordLength + length} --skip-record-end ${length}; it was transferred as text, so packed and binary fields may have changed`;
};

/** CR LF in EBCDIC where there should be none: a text-mode transfer made two bytes of one. */
export const guessCarriageReturns: Guess = ({ format, sample, hasBinary, recordLength }) => {
  if (format === 'text' || !hasBinary || recordLength === null) return null;
  const count = occurrences(sample, Uint8Array.of(0x0d, 0x25));
  // By chance a pair of bytes comes once in 65,536.
  if (count < 3 || count * 4096 < sample.length) return null;
  return `the file has X'0D25', CR LF in EBCDIC, ${count} times: a text-mode transfer put a byte before each X'25', packed and binary ones too; transfer the file again in binary mode`;
};

/** EBCDIC text that was converted to ASCII together with the packed and binary fields around it. */
export const guessConverted: Guess = (shape) => {
  const { sample, hasBinary } = shape;
  if (!hasBinary || !mostlyBad(shape) || share(sample, isAsciiText) < 0.55 || share(sample, isEbcdicText) > 0.35)
    return null;
  return "the file's text is ASCII, and the copybook has packed or binary fields: if it was converted on its way (FTP in text mode), they are destroyed; transfer it again in binary mode and read it with --codepage cp037";
};

function isAsciiText(byte: number): boolean {
  return (
    byte === 0x20 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  );
}

function isEbcdicText(byte: number): boolean {
  return byte === 0x40 || byte >= 0xf0 || (byte >= 0xc1 && byte <= 0xe9) || (byte >= 0x81 && byte <= 0xa9);
}

function followsEach(sample: Uint8Array, length: number, end: Uint8Array): boolean {
  let count = 0;
  for (let at = length; at + end.length <= sample.length; at += length + end.length) {
    if (!end.every((byte, index) => sample[at + index] === byte)) return false;
    count += 1;
  }
  return count >= 2;
}

function occurrences(sample: Uint8Array, wanted: Uint8Array): number {
  const bytes = Buffer.from(sample.buffer, sample.byteOffset, sample.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
