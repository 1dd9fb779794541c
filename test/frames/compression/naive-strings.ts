/** One string of compressed bytes; `code` instead of bytes where decompression must stop. */
type Step = { readonly bytes: readonly number[]; readonly taken: number } | { readonly code: string };

const times = (count: number, byte: number): number[] => Array.from({ length: count }, () => byte);
const literal = (rest: readonly number[], count: number): Step =>
  rest.length > count ? { bytes: rest.slice(1, 1 + count), taken: 1 + count } : { code: 'COMPRESSED_CUT' };
const repeat = (rest: readonly number[], count: number): Step =>
  rest[1] === undefined ? { code: 'COMPRESSED_CUT' } : { bytes: times(count, rest[1]), taken: 2 };

function njeStep(rest: readonly number[], prime: number): Step {
  const bits = (rest[0] ?? 0).toString(2).padStart(8, '0');
  if (bits === '01000000') return { code: 'COMPRESSED_ABORT' };
  const [long, short] = [Number.parseInt(bits.slice(2), 2), Number.parseInt(bits.slice(3), 2)];
  if (bits.startsWith('11') && long > 0) return literal(rest, long);
  if (bits.startsWith('100') && short > 0) return { bytes: times(short, prime), taken: 1 };
  if (bits.startsWith('101') && short > 0) return repeat(rest, short);
  return { code: 'COMPRESSED_CONTROL' };
}

function snaStep(rest: readonly number[], prime: number): Step {
  const bits = (rest[0] ?? 0).toString(2).padStart(8, '0');
  const count = Number.parseInt(bits.slice(2), 2);
  if (bits.startsWith('01')) return { code: 'COMPRESSED_COMPACTION' };
  if (count === 0) return { code: 'COMPRESSED_CONTROL' };
  if (bits.startsWith('00')) return literal(rest, count);
  return bits.startsWith('10') ? { bytes: times(count, prime), taken: 1 } : repeat(rest, count);
}

function runLengthStep(rest: readonly number[]): Step {
  const control = rest[0] ?? 0;
  const count = control % 128;
  if (count === 0) return { code: 'COMPRESSED_CONTROL' };
  return control < 128 ? literal(rest, count) : repeat(rest, count);
}

/** Decompress strings step by step on arrays; a text is the code of the error. */
export function naiveStrings(
  scheme: 'nje' | 'sna' | 'run-length',
  bytes: Uint8Array,
  prime: number,
  limit: number,
): number[] | string {
  const out: number[] = [];
  let rest = [...bytes];
  for (;;) {
    if (rest.length === 0) return scheme === 'nje' ? 'COMPRESSED_CUT' : out;
    if (scheme === 'nje' && rest[0] === 0) return rest.length === 1 ? out : 'COMPRESSED_SURPLUS';
    const step =
      scheme === 'nje' ? njeStep(rest, prime) : scheme === 'sna' ? snaStep(rest, prime) : runLengthStep(rest);
    if ('code' in step) return step.code;
    out.push(...step.bytes);
    if (out.length > limit) return 'DECOMPRESSED_SIZE';
    rest = rest.slice(step.taken);
  }
}

/** The fewest bytes that strings with these longest counts can take, without an end mark. */
export function fewestBytes(
  bytes: Uint8Array,
  { literal, repeat, prime }: { literal: number; repeat: number; prime: { byte: number; longest: number } | null },
): number {
  const fewest: number[] = [0];
  for (let end = 1; end <= bytes.length; end += 1) {
    let best = Number.POSITIVE_INFINITY;
    let same = true;
    for (let from = end - 1; from >= 0 && end - from <= literal; from -= 1) {
      const count = end - from;
      const before = fewest[from] ?? 0;
      same &&= bytes[from] === bytes[end - 1];
      best = Math.min(best, before + 1 + count);
      if (same && count <= repeat) best = Math.min(best, before + 2);
      if (same && prime !== null && bytes[from] === prime.byte && count <= prime.longest)
        best = Math.min(best, before + 1);
    }
    fewest.push(best);
  }
  return fewest[bytes.length] ?? 0;
}
