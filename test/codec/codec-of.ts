import { fromHex } from '../../src/bytes/hex.ts';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { type Codec, createCodec, type Decoded } from '../../src/codec/create-codec.ts';
import { type DialectOptions, layoutOf, parseCopybook } from '../../src/copybook/index.ts';
import type { Layout } from '../../src/copybook/layout.ts';
import { codePage } from '../../src/ebcdic/open-code-page.ts';

/** Lay out a copybook in free format. */
export function layoutFrom(text: string, dialect: DialectOptions = {}): Layout {
  return layoutOf(parseCopybook(text, { file: 'TEST.cpy', sourceFormat: 'free' }), dialect);
}

/** Make the codec of a copybook in free format. */
export function codecOf(text: string, options: CodecOptions = {}, dialect: DialectOptions = {}): Codec {
  return createCodec(layoutFrom(text, dialect), options);
}

/** Bytes from hexadecimal; blanks are ignored. */
export function hex(text: string): Uint8Array {
  const bytes = fromHex(text.replaceAll(' ', ''));
  if (bytes === null) throw new Error(`not hexadecimal: ${text}`);
  return bytes;
}

/** Text in cp037. */
export function ebcdic(text: string): Uint8Array {
  const encoded = codePage('cp037').encode(text);
  if (!('bytes' in encoded)) throw new Error(`not in cp037: ${text}`);
  return encoded.bytes;
}

/** The codes of the issues, errors with `!`. */
export function codesOf(decoded: Pick<Decoded, 'issues'>): string[] {
  return decoded.issues.map(({ code, severity }) => (severity === 'error' ? `${code}!` : code));
}

/** Decode one field `05 F` described by its clauses: its value, its JSON and the codes of its issues. */
export function decodeField(
  clauses: string,
  bytes: Uint8Array,
  options: CodecOptions = {},
  dialect: DialectOptions = {},
): { readonly value: unknown; readonly json: string; readonly codes: readonly string[] } {
  const codec = codecOf(`01 R. 05 F ${clauses}.`, options, dialect);
  const reading = codec.read(bytes);
  return {
    value: codec.toValue(reading)['F'],
    json: codec.toJson(reading).slice('{"F":'.length, -1),
    codes: codesOf(reading),
  };
}
