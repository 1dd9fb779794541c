import type { Emission } from './emission.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** For each sign nibble a bit, the leftmost for 0, that says it is not the one compilers write. */
const suspicious = { signed: nibblesBut(0xc, 0xd), unsigned: nibblesBut(0xf) } as const;

/**
 * Take the nibble in the scratch variable `sign` for a sign: refuse all but C and D, or F of what is `unsigned`, and leave 1 there for
 * minus. Gives that variable, `null` when there is no minus.
 */
export function suspectSign(emission: Emission, kind: 'signed' | 'unsigned'): Local | null {
  const { f, scratch } = emission;
  f.int(suspicious[kind]).get(scratch.sign).do(i32.shl);
  emission.suspect();
  if (kind === 'signed') f.get(scratch.sign).int(1).do(i32.and).set(scratch.sign);
  return kind === 'signed' ? scratch.sign : null;
}

function nibblesBut(...allowed: readonly number[]): number {
  let bits = 0;
  for (let nibble = 0; nibble < 16; nibble++) if (!allowed.includes(nibble)) bits |= 1 << (31 - nibble);
  return bits;
}
