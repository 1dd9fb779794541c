import { type Code, OverpunchError } from '../../errors.ts';

/** What a compressed body can do wrong. */
export type CompressionCode = Extract<Code, `COMPRESSED_${string}` | 'DECOMPRESSED_SIZE'>;

/** Bytes that cannot be decompressed, or not be compressed the way the options say. */
export class CompressionError extends OverpunchError {
  /** Where, from the first of the bytes that were given. */
  readonly offset: number;

  constructor(code: CompressionCode, offset: number, expected: string, found: string, hint: string) {
    super(code, `byte ${offset}: expected ${expected}, found ${found}`, { hint });
    this.name = 'CompressionError';
    this.offset = offset;
  }
}

/** The error of bytes that stand for more than there may be. */
export function tooLarge(offset: number, most: number): CompressionError {
  const hint = 'raise the limit, or the room for the decompressed bytes, if the data are right';
  return new CompressionError('DECOMPRESSED_SIZE', offset, `at most ${most} decompressed bytes`, 'more', hint);
}
