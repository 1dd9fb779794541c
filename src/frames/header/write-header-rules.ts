import type { FunctionWriter, Label, Local } from '../../codec/compiled/wasm/function-writer.ts';
import { i32, i64 } from '../../codec/compiled/wasm/instructions.ts';
import type { ByteRule } from './byte-rule.ts';
import type { ByteRange, FrameLengthRule, HeaderRules } from './header-rules.ts';

const loadSize = 8; // bytes, little-endian; the last load may reach beyond the header

/** Branch away unless the header of the frame of a length at an address keeps to all rules. */
export function branchUnlessSound(
  f: FunctionWriter,
  { length: headerLength, rules, frameLength }: HeaderRules,
  address: Local,
  length: Local,
  unsound: Label,
): void {
  f.get(length).int(headerLength).do(i32.ltS).branchIf(unsound);
  if (frameLength !== null) {
    pushFrameLength(f, frameLength, address);
    f.get(length).int(frameLength.added).do(i32.sub, i32.ne).branchIf(unsound);
  }
  pushBroken(f, rules, address);
  f.do(i64.eqz, i32.eqz).branchIf(unsound);
}

/** Push, as 64 bits, whether the header at an address breaks one of the rules: then it is not 0. */
function pushBroken(f: FunctionWriter, rules: readonly ByteRule[], address: Local): void {
  const word = f.local('i64');
  f.long(0);
  for (const rule of rules) {
    switch (rule.kind) {
      case 'zoned':
        pushZoned(f, rule, address, word);
        break;
      case 'packed':
        pushPacked(f, rule, address, word);
        break;
      case 'zeros':
        f.get(address).memory(i64.load, rule.start).long(signed(rule.mask)).do(i64.and);
        break;
      case 'text': {
        const length = rule.end - rule.start;
        f.get(address).memory(i64.load, rule.start).long(repeated(0xff, length)).do(i64.and);
        f.long(repeated(rule.blank, length)).do(i64.eq, i64.extendU);
        break;
      }
      case 'date':
        pushNoDate(f, rule.start, address);
    }
    f.do(i64.or);
  }
}

/** Push the number that a header has for the length of its frame, as far as digits are digits. */
function pushFrameLength(f: FunctionWriter, rule: FrameLengthRule, address: Local): void {
  const { kind, start, end, little, signNibble } = rule;
  const load = (at: number): void => void f.get(address).memory(i32.load8, at);
  const bytes = Array.from({ length: end - start }, (_, index) => start + index);
  f.int(0);
  if (kind === 'binary') {
    for (const at of little ? bytes.toReversed() : bytes) {
      f.int(8).do(i32.shl);
      load(at);
      f.do(i32.or);
    }
    const free = 32 - 8 * bytes.length;
    if (rule.signed && free > 0) f.int(free).do(i32.shl).int(free).do(i32.shrS);
    return;
  }
  const digit = (push: () => void): void => {
    f.int(10).do(i32.mul);
    push();
    f.do(i32.add);
  };
  for (const at of bytes) {
    const low = (): void => {
      load(at);
      f.int(15).do(i32.and);
    };
    if (kind === 'packed') {
      digit(() => {
        load(at);
        f.int(4).do(i32.shrU);
      });
    }
    if (kind === 'zoned' || !signNibble || at < end - 1) digit(low);
  }
}

/** Cut bytes into parts that one load takes. */
function partsOf({ start, end }: ByteRange): readonly ByteRange[] {
  const count = Math.ceil((end - start) / loadSize);
  return Array.from({ length: count }, (_, index) => {
    const from = start + loadSize * index;
    return { start: from, end: Math.min(from + loadSize, end) };
  });
}

/** Without its zone a digit is 0-9: neither it nor it + 6 reaches the high nibble. A carry comes from bytes that are wrong alone. */
function pushZoned(f: FunctionWriter, rule: ByteRange & { zone: number }, address: Local, word: Local): void {
  for (const [index, { start, end }] of partsOf(rule).entries()) {
    f.get(address).memory(i64.load, start).long(repeated(rule.zone)).do(i64.xor).tee(word);
    f.get(word).long(repeated(0x06)).do(i64.add, i64.or);
    f.long(repeated(0xf0, end - start)).do(i64.and);
    if (index > 0) f.do(i64.or);
  }
}

function pushPacked(f: FunctionWriter, rule: Extract<ByteRule, { kind: 'packed' }>, address: Local, word: Local): void {
  const { sign, padded } = rule;
  for (const [index, { start, end }] of partsOf(rule).entries()) {
    const last = end === rule.end && sign !== 'none';
    const signBits = last ? 0x0fn << BigInt(8 * (end - start - 1)) : 0n;
    // Half a nibble over 9, and 3 more, reaches its highest bit.
    f.get(address).memory(i64.load, start).tee(word);
    f.long(1).do(i64.shrU).long(repeated(0x77)).do(i64.and).long(repeated(0x33)).do(i64.add);
    f.long(signed(unsigned(repeated(0x88, end - start)) & ~signBits)).do(i64.and);
    if (padded && index === 0) f.get(word).long(0xf0).do(i64.and, i64.or);
    if (index > 0) f.do(i64.or);
  }
  if (sign === 'none') return;
  // Digits are no sign; B and D (bits 11 and 13) are minus.
  f.int(sign === 'plus' ? 0b10_1011_1111_1111 : 0b11_1111_1111)
    .get(address)
    .memory(i32.load8, rule.end - 1)
    .int(15)
    .do(i32.and, i32.shrU)
    .int(1)
    .do(i32.and, i64.extendU, i64.or);
}

/** Push whether digits MMDDHHMMSS are no time; leap days are left to others. */
function pushNoDate(f: FunctionWriter, start: number, address: Local): void {
  const [month, day] = [f.local('i32'), f.local('i32')];
  const pushPair = (at: number): void => {
    f.get(address).memory(i32.load8, at).int(15).do(i32.and).int(10).do(i32.mul);
    f.get(address)
      .memory(i32.load8, at + 1)
      .int(15)
      .do(i32.and, i32.add);
  };
  pushPair(start);
  f.tee(month).int(1).do(i32.sub).int(11).do(i32.gtU);
  pushPair(start + 2);
  // Days 1-28 are in every month, 29 and 30 in all but February, 31 in those of the mask.
  f.tee(day).int(1).do(i32.sub).int(30).do(i32.gtU, i32.or);
  f.get(day).int(28).do(i32.gtU).get(month).int(2).do(i32.eq, i32.and, i32.or);
  f.get(day).int(31).do(i32.eq).int(0b1_0101_1010_1010).get(month).do(i32.shrU).int(1).do(i32.and, i32.eqz);
  f.do(i32.and, i32.or);
  for (const [at, most] of [
    [4, 23],
    [6, 59],
    [8, 59],
  ] as const) {
    pushPair(start + at);
    f.int(most).do(i32.gtU, i32.or);
  }
  f.do(i64.extendU);
}

/** A byte so many times, 8 by default, as a signed number of 64 bits. */
function repeated(byte: number, count: number = loadSize): bigint {
  let all = 0n;
  for (let index = 0; index < count; index++) all = (all << 8n) | BigInt(byte);
  return signed(all);
}

function signed(bits: bigint): bigint {
  return BigInt.asIntN(64, bits);
}

function unsigned(bits: bigint): bigint {
  return BigInt.asUintN(64, bits);
}
