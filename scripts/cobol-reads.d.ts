import type { CodecOptions, DialectOptions } from '../src/index.ts';

/** `case.json` of a folder in `fixtures/cobol-reads`, as far as encoding and comparing need. */
export interface ReadsCase {
  readonly options: CodecOptions;
  readonly variants: readonly ReadsVariant[];
}

/** One way the program was compiled and the file laid out. */
export interface ReadsVariant {
  readonly name: string;
  readonly organization: 'sequential' | 'line' | 'varying';
  readonly flags: readonly string[];
  readonly options: DialectOptions;
}

/** What was printed for each item of a record, by its COBOL reference. */
export type PrintedRecord = Readonly<
  Record<string, { readonly number?: string; readonly text?: string; readonly float?: string; readonly again?: string }>
>;

/** The parts of the library that encode: from `src` or from `dist`. */
export interface EncodingLibrary {
  readonly parseCopybook: typeof import('../src/index.ts').parseCopybook;
  readonly layoutOf: typeof import('../src/index.ts').layoutOf;
  readonly createCodec: typeof import('../src/index.ts').createCodec;
  readonly parseJsonLine: typeof import('../src/codec/index.ts').parseJsonLine;
}

export function dataFile(variant: ReadsVariant): string;
export function linesOf(path: string): string[];
export function encodeCase(library: EncodingLibrary, folder: string, spec: ReadsCase, variant: ReadsVariant): Buffer;
export function printedDifferences(
  spec: ReadsCase,
  values: readonly unknown[],
  rows: readonly PrintedRecord[],
): string[];
