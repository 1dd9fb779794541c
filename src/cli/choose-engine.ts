import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import type { FrameType } from '../frames/catalog/catalog.ts';
import type { CompiledFrames } from '../frames/catalog/create-compiled-frames.ts';
import type { DecodingOptions } from './decoding-options.ts';
import type { EitherDecoding } from './prepare-either.ts';

/** The options that decide which decoder works. */
export type EngineOptions = Pick<DecodingOptions, 'engine' | 'to' | 'meta' | 'raw' | 'where'>;

/** What decodes clean records: those of a copybook, or the frames of a catalog. */
export type CompiledEngine = CompiledDecoder | CompiledFrames;

const smallInput = 16 * 1024; // bytes that the reference decoder has read before the other one is made
const patience = 64; // frames of a type, likewise

/**
 * Make the compiled decoder of a run; `null` when the reference decoder shall do the work. Why the compiled one cannot is said, but
 * not that it is not worth it.
 */
export async function chooseEngine(
  options: EngineOptions,
  decoding: EitherDecoding,
  say: (text: string) => void,
): Promise<CompiledEngine | null> {
  const { engine } = options;
  if (engine === 'reference') return null;
  if (engine === undefined && decoding.totalSize !== null && decoding.totalSize <= smallInput) return null;
  const tell = (what: string, reason: string): void =>
    say(`${what}decoded by the reference engine, not the compiled one: ${reason}\n`);
  const found = unfit(options) ?? (await compiled(decoding, engine === 'compiled' ? 0 : patience, tell));
  if (typeof found === 'string') {
    tell('', found);
    return null;
  }
  const { hasVectors } = await import('../codec/compiled/wasm/has-vectors.ts');
  const { webAssembly } = await import('../codec/compiled/wasm/web-assembly.ts');
  if (!hasVectors(webAssembly)) say('decoded by generated JavaScript: this Node has no WebAssembly SIMD\n');
  return found;
}

function unfit({ to = 'jsonl', meta, raw, where = [] }: EngineOptions): string | null {
  if (to !== 'jsonl') return `--to ${to} is given`;
  if (meta === true) return '--meta is given';
  if (raw === true) return '--raw is given';
  return where.length > 0 ? '--where is given' : null;
}

async function compiled(
  decoding: EitherDecoding,
  patience: number,
  tell: (what: string, reason: string) => void,
): Promise<CompiledEngine | string> {
  try {
    if (decoding.frames) {
      const { createCompiledFrames } = await import('../frames/catalog/create-compiled-frames.ts');
      const { catalog, wanted } = decoding;
      const refuse = ({ name }: FrameType, reason: string): void => tell(`${name} is `, reason);
      return createCompiledFrames(catalog, { patience, wants: (type) => wanted.includes(type), refuse });
    }
    const { createCompiledDecoder } = await import('../codec/compiled/create-compiled-decoder.ts');
    const decoder = createCompiledDecoder(decoding.codec);
    return 'refused' in decoder ? decoder.refused : decoder;
  } catch (error) {
    if (error instanceof RangeError) return `there is not enough memory: ${error.message}`;
    throw error;
  }
}
