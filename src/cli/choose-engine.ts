import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import type { DecodingOptions } from './decoding-options.ts';
import type { EitherDecoding } from './prepare-either.ts';

/** The options that decide which decoder works. */
export type EngineOptions = Pick<DecodingOptions, 'engine' | 'to' | 'meta' | 'raw' | 'where'>;

const smallInput = 16 * 1024; // bytes that the reference decoder has read before the other one is made

/**
 * Make the compiled decoder of a run; `null` when the reference decoder shall do the work. Why the compiled one cannot is said, but
 * not that it is not worth it.
 */
export async function chooseEngine(
  options: EngineOptions,
  decoding: EitherDecoding,
  say: (text: string) => void,
): Promise<CompiledDecoder | null> {
  const { engine } = options;
  if (engine === 'reference') return null;
  if (engine === undefined && decoding.totalSize !== null && decoding.totalSize <= smallInput) return null;
  const found = decoding.frames ? 'a catalog describes the records' : (unfit(options) ?? (await compiled(decoding)));
  if (typeof found !== 'string') return found;
  say(`decoded by the reference engine, not the compiled one: ${found}\n`);
  return null;
}

function unfit({ to = 'jsonl', meta, raw, where = [] }: EngineOptions): string | null {
  if (to !== 'jsonl') return `--to ${to} is given`;
  if (meta === true) return '--meta is given';
  if (raw === true) return '--raw is given';
  return where.length > 0 ? '--where is given' : null;
}

async function compiled({ codec }: Extract<EitherDecoding, { frames: false }>): Promise<CompiledDecoder | string> {
  const { createCompiledDecoder } = await import('../codec/compiled/create-compiled-decoder.ts');
  try {
    const decoder = createCompiledDecoder(codec);
    return 'refused' in decoder ? decoder.refused : decoder;
  } catch (error) {
    if (error instanceof RangeError) return `there is not enough memory: ${error.message}`;
    throw error;
  }
}
