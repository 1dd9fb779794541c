import type { FieldForm } from './field-form.ts';

const integerDigits = 9; // what 32-bit integer operations hold

/**
 * Generate statements that write a field at a byte that the expression `byte` gives, in place of a call of its `put`: the kinds that
 * most fields are of. `null` for all other kinds.
 *
 * Blanks, NaN, are left to `otherwise`, a call of `put`.
 */
export function fieldCode(form: FieldForm, byte: string, value: string, otherwise: string): string | null {
  const { item, meaning, zone } = form;
  const { type, length } = item;
  if (type === null || meaning !== 'number') return null;
  if (type.kind === 'zoned' && !type.signed && !type.separate && type.digits <= integerDigits) {
    const steps: string[] = [];
    for (let at = type.digits - 1; at > 0; at--) {
      steps.push(`q = (n / 10) | 0; out[o + ${at}] = ${zone} + n - 10 * q; n = q;`);
    }
    return withBlanks(byte, value, otherwise, `let n = v | 0, q = 0; ${steps.join(' ')} out[o] = ${zone} + n % 10;`);
  }
  if (type.kind === 'packed' && type.signNibble && type.digits <= integerDigits) {
    const sign = type.signed ? '(v < 0 ? 13 : 12)' : '15';
    const steps: string[] = [];
    for (let at = length - 2; at >= 0; at--) {
      steps.push(`q = (n / 100) | 0; p = n - 100 * q; t = (p / 10) | 0; out[o + ${at}] = 6 * t + p; n = q;`);
    }
    const last = `q = (n / 10) | 0; out[o + ${length - 1}] = ((n - 10 * q) << 4) | ${sign}; n = q;`;
    const start = 'let n = (v < 0 ? -v : v) | 0, q = 0, p = 0, t = 0;';
    return withBlanks(byte, value, otherwise, `${start} ${last} ${steps.join(' ')}`);
  }
  if (type.kind === 'binary' && type.order === 'big' && length <= 4) {
    const parts = Array.from({ length }, (_, at) => `out[o + ${at}] = n >>> ${8 * (length - 1 - at)};`);
    return `{ const o = ${byte}, n = ${value} | 0; ${parts.join(' ')} }`;
  }
  return null;
}

/** Statements for a bit field of known place, `bit` from the start of the byte at `byte`; the bits are zero before. */
export function bitsCode(byte: string, bit: number, bits: number, value: string): string | null {
  if (bits > 31) return null;
  const parts: string[] = [];
  for (let done = 0; done < bits; ) {
    const at = bit + done;
    const room = 8 - (at & 7);
    const taken = Math.min(room, bits - done);
    const left = bits - done - taken;
    const part = `((n >>> ${left}) & ${(1 << taken) - 1})`;
    parts.push(`out[o + ${at >>> 3}] |= ${room === taken ? part : `${part} << ${room - taken}`};`);
    done += taken;
  }
  return `{ const o = ${byte}, n = ${value}; ${parts.join(' ')} }`;
}

function withBlanks(byte: string, value: string, otherwise: string, code: string): string {
  return `{ const o = ${byte}, v = ${value}; if (v !== v) ${otherwise} else { ${code} } }`;
}
