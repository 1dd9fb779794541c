import { createRequire } from 'node:module';

type IntegerType = 'int8' | 'uint8' | `${'int' | 'uint'}${16 | 32 | 64}${'be' | 'le'}`;

/** The part of binary-parser that is used here: its ES module comes without type declarations. */
export type Parser = { readonly [Name in IntegerType | `bit${number}`]: (name: string) => Parser } & {
  /** Go on, or with a negative number back, by so many bytes. */
  seek(distance: number): Parser;
  string(name: string, options: { readonly length: number; readonly encoding: 'hex' }): Parser;
  parse(bytes: Uint8Array): Readonly<Record<string, unknown>>;
};

/** Make an empty parser of binary-parser, which is loaded with the first one: nothing else waits for it. */
export function newParser(): Parser {
  const loaded = createRequire(import.meta.url)('binary-parser') as { readonly Parser: new () => Parser };
  return new loaded.Parser();
}
