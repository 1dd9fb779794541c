import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialectOptions, ParseOptions } from '../src/copybook/index.ts';

/** `case.json` of a folder in `fixtures/cobol`, as far as reading it back needs. */
export interface CobolCase {
  readonly sourceFormat?: 'fixed' | 'free';
  readonly parse?: Pick<ParseOptions, 'decimalComma' | 'currency'>;
  readonly views?: 'good' | 'all';
  /** The code of the error that the copybook is answered with. */
  readonly unsupported?: string;
  readonly variants: readonly CobolVariant[];
}

/** One way the case was compiled. */
export interface CobolVariant {
  readonly name: string;
  /** The options that make a layout of what the compiler did. */
  readonly options?: DialectOptions;
  /** What the compiler said instead of taking it. */
  readonly rejected?: string;
  /** Why the layout is not the compiler's. */
  readonly differs?: string;
}

/** A value as the program printed it; `offset` only where it is not the layout's. */
export interface PrintedValue {
  readonly offset?: number;
  readonly number?: string;
  readonly text?: string;
  readonly float?: string;
}

export interface PrintedRow {
  readonly record: string;
  readonly length: number;
  readonly values: Readonly<Record<string, PrintedValue>>;
}

export interface PrintedLayout {
  readonly record: string;
  readonly items: readonly { readonly item: string; readonly offset: number; readonly length: number }[];
}

/** Read `expected.jsonl` of a variant. */
export function expectedRows(folder: string): PrintedRow[] {
  const lines = readFileSync(join(folder, 'expected.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Read `layout.json` of a variant. */
export function expectedLayouts(folder: string): readonly PrintedLayout[] {
  return JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8')).records;
}
