import { type BitSite, pushBit } from './bit-site.ts';
import type { Emission } from './emission.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';

const fewBits = 9; // are in two bytes, wherever they start
const intBits = 31;
const longBits = 57; // are in eight bytes, wherever they start

/** Whether the bits of an item are pushed as a 32-bit integer, rather than one of 64 bits. */
export function isShort(bits: number): boolean {
  return bits <= intBits;
}

/** Push up to 64 bits as an integer: of 32 bits if that is enough (`isShort`), else of 64. */
export function loadBits(emission: Emission, site: BitSite, bits: number): void {
  const { f } = emission;
  if (bits <= fewBits) {
    loadFew(emission, site, bits);
    return;
  }
  loadLeft(emission, site, bits);
  f.long(64 - bits).do(i64.shrU);
  if (isShort(bits)) f.do(i32.wrapLong);
}

function loadFew({ f }: Emission, { base, offset, bit }: BitSite, bits: number): void {
  f.get(base).memory(i32.load8, offset);
  const mask = (1 << bits) - 1;
  if (typeof bit === 'number' && bit + bits <= 8) {
    if (bit + bits < 8) f.int(8 - bit - bits).do(i32.shrU);
    if (bit > 0) f.int(mask).do(i32.and);
    return;
  }
  f.int(8).do(i32.shl);
  f.get(base)
    .memory(i32.load8, offset + 1)
    .do(i32.or);
  f.int(16 - bits);
  pushBit(f, bit);
  f.do(i32.sub, i32.shrU).int(mask).do(i32.and);
}

/** Push bits as the first ones of a 64-bit integer; others may be behind them. */
export function loadLeft(emission: Emission, { base, offset, bit }: BitSite, bits: number): void {
  const { f } = emission;
  f.get(base).vectorMemory(v128.loadLong, offset);
  emission.pick([7, 6, 5, 4, 3, 2, 1, 0]).f.extractLong(0);
  if (bit === 0) return;
  pushBit(f, bit);
  f.do(i64.extendU, i64.shl);
  const fits = typeof bit === 'number' ? bit + bits <= 64 : bits <= longBits;
  if (fits) return;
  f.get(base).memory(i32.load8, offset + 8);
  f.int(8);
  pushBit(f, bit);
  f.do(i32.sub, i32.shrU, i64.extendU, i64.or);
}
