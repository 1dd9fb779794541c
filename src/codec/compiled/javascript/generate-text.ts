import type { TextKernel } from '../kernel.ts';
import type { FunctionSource } from './function-source.ts';

const word = 4; // bytes of text that are looked at together
const mostWords = 4; // in straight-line code
const notPlain = -0x7f7f7f80; // X'80808080'

/** How a text is trimmed, and by which tables it is read. */
interface PageNames {
  /** The tables of its code page, their pairs and a blank. */
  readonly page: string;
  readonly pairs: string;
  readonly blank: number;
  /** An expression that has what is left over read outside of the generated code; it gives 0 when that cannot be, too. */
  readonly ask: string | null;
}

/** Read a text field at an address and write its characters. */
export function generateText(f: FunctionSource, address: string, kernel: TextKernel, names: PageNames): void {
  const { length, trim } = kernel;
  const { page, ask } = names;
  if (trim === 'right' || trim === 'none') {
    if (length <= word * mostWords) generateWords(f, address, kernel, names);
    else {
      f.flush();
      writeSlowly(f, address, kernel, names);
    }
    return;
  }
  f.flush();
  if (ask !== null) {
    f.add(`o = ${ask};`);
    f.refuseIf('o === 0');
    return;
  }
  const end = `${address} + ${length}`;
  // What is trimmed may be unusual too.
  f.refuseIf(`writeEscaped(b, ${address}, ${end}, o, ${page}) === 0`);
  const last = f.constant(lastOf(trim, address, end, page));
  const first = trim === 'nul' ? address : f.constant(`trimLeft(b, ${address}, ${last}, ${page})`);
  f.add(`o = writeEscaped(b, ${first}, ${last}, o, ${page});`);
}

function lastOf(trim: 'left' | 'both' | 'nul', start: string, end: string, page: string): string {
  if (trim === 'left') return end;
  return trim === 'nul' ? `trimNulls(b, ${start}, ${end}, ${page})` : `trimRight(b, v, ${start}, ${end}, ${page})`;
}

/** Have shared functions write a text. */
function writeSlowly(f: FunctionSource, address: string, { length, trim }: TextKernel, { page, ask }: PageNames): void {
  const write = trim === 'none' ? 'writeText' : 'writeTrimmed';
  const end = f.fresh();
  f.add(`let ${end} = ${write}(b, v, ${address}, ${address} + ${length}, o, ${page});`);
  if (ask !== null) f.add(`if (${end} === 0) ${end} = ${ask};`);
  f.refuseIf(`${end} === 0`);
  f.add(`o = ${end};`);
}

/** Write a short text in straight-line code, when all its characters are plain. */
function generateWords(f: FunctionSource, address: string, kernel: TextKernel, names: PageNames): void {
  const { length, trim } = kernel;
  const { pairs, blank } = names;
  const words: string[] = [];
  const characters: string[] = [];
  for (let at = 0; at < length; at += word) {
    const own = Math.min(word, length - at);
    const bytes = f.constant(readWord(`${address} + ${at}`, own, blank));
    const made = f.constant(`${pairs}[${bytes} & 65535] | ${pairs}[${bytes} >>> 16] << 16`);
    f.add(`v.setInt32(${f.out(at)}, ${made}, true);`);
    words.push(bytes);
    characters.push(made);
  }
  const end = trim === 'none' ? String(length) : lengthOf(f, words, blank);
  f.flush();
  f.add(`if (((${characters.join(' | ')}) & ${notPlain}) !== 0) {`);
  writeSlowly(f, address, kernel, names);
  f.add(`} else o += ${end};`);
}

/** An expression for up to 4 bytes of text, the first one low, with blanks behind them. */
function readWord(address: string, own: number, blank: number): string {
  const blanks = repeatedBlank(blank);
  switch (own) {
    case 1:
      return `b[${address}] | ${blanks << 8}`;
    case 2:
      return `v.getUint16(${address}, true) | ${blanks << 16}`;
    case 3:
      return `v.getInt32(${address}, true) & 16777215 | ${blanks << 24}`;
    default:
      return `v.getInt32(${address}, true)`;
  }
}

/** Give constants to how many blanks each word ends with, if those behind it are all blank; an expression for the length without them. */
function lengthOf(f: FunctionSource, words: readonly string[], blank: number): string {
  const blanks: string[] = [];
  for (const bytes of words.toReversed()) {
    const own = `Math.clz32(${bytes} ^ ${repeatedBlank(blank)}) >> 3`;
    const behind = blanks.at(-1);
    // Without a branch: four blanks are the one number whose third bit is set.
    blanks.push(f.constant(behind === undefined ? own : `${own} & -(${behind} >> 2)`));
  }
  return `${word * words.length} - ${blanks.join(' - ')}`;
}

function repeatedBlank(blank: number): number {
  return Math.imul(blank, 0x01010101);
}
