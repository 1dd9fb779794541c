import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import { type WebAssemblyApi, webAssembly } from '../../../src/codec/compiled/wasm/web-assembly.ts';
import { type Codec, createCodec } from '../../../src/codec/create-codec.ts';
import { layoutOf, parseCopybook, type RecordLayout } from '../../../src/copybook/index.ts';
import { codePage } from '../../../src/ebcdic/open-code-page.ts';
import { OverpunchError } from '../../../src/errors.ts';
import { writeCopybook } from '../random-copybook.ts';
import { randomRecord } from '../random-record.ts';
import { type RandomSource, randomSource } from '../random-source.ts';
import { type Comparison, compareDecoders, emptyComparison } from './compare-decoders.ts';

/** What was tried so far. */
export interface RandomTally extends Comparison {
  copybooks: number;
  compiled: number;
  /** Why copybooks were refused, and how many of them. */
  readonly refused: Map<string, number>;
}

/** Start to count. */
export function emptyTally(): RandomTally {
  return { ...emptyComparison(), copybooks: 0, compiled: 0, refused: new Map() };
}

/** Hold the two decoders against each other on a random copybook and so many random records, half of them damaged. */
export function compareAtRandom(
  seed: number,
  records: number,
  tally: RandomTally,
  api: WebAssemblyApi | null = webAssembly,
): void {
  const random = randomSource(seed);
  const { text: written, dialect, options } = writeCopybook(random, random.integer(1, 14));
  const text = countersBehind(written, random);
  const maker = { ...options, ...(text === written ? {} : { odo: 'maximum' as const }) };
  const layout = layoutOf(parseCopybook(text, { file: 'TEST.cpy', sourceFormat: 'free' }), {
    ...dialect,
    odo: maker.odo ?? 'maximum',
  });
  const [record] = layout.records;
  if (record === undefined) throw new Error('no record');
  const more = otherRules(record, moreOptions(maker, random), random);
  const codec =
    codecOf(layout, otherFields(record, more, random)) ?? codecOf(layout, more) ?? createCodec(layout, maker);
  tally.copybooks += 1;
  const decoder = createCompiledDecoder(codec, undefined, api);
  if ('refused' in decoder) {
    const why = decoder.refused.replace(/[^ ]+-(?:ITEM|BITS)[^ ]*/, '…');
    tally.refused.set(why, (tally.refused.get(why) ?? 0) + 1);
    return;
  }
  tally.compiled += 1;
  const resolved = createCodec(layout, maker).options;
  const made = Array.from({ length: records }, (_, at) => {
    const bytes = randomRecord(record, resolved, random);
    if (at % 4 === 0) return withBlanks(bytes, record, resolved.codepage, random);
    return at % 2 === 0 ? bytes : mutated(bytes, codec.options.format === 'text', random);
  });
  try {
    compareDecoders(decoder, made, tally);
  } catch (error) {
    throw new Error(`seed ${seed}: ${JSON.stringify(codec.options)}\n${text}`, { cause: error });
  }
}

function codecOf(layout: Parameters<typeof createCodec>[0], options: CodecOptions): Codec | null {
  try {
    return createCodec(layout, options);
  } catch (error) {
    if (error instanceof OverpunchError) return null;
    throw error;
  }
}

/** Now and then put a counter behind its table. */
function countersBehind(text: string, random: RandomSource): string {
  const pair = /^(( *\d\d )(N\d+-ITEM) [^\n]*\n)(\2[^\n]* DEPENDING ON \3\.)$/gm;
  const oneLine = (table: string): boolean => / (?:PIC|COMP|INDEX|POINTER|BINARY)/.test(table);
  return text.replace(pair, (whole: string, counter: string, _level: string, _name: string, table: string) =>
    oneLine(table) && random.chance(0.2) ? `${table}\n${counter.trimEnd()}` : whole,
  );
}

/** Now and then let a view be chosen by any field, wherever it is. */
function otherRules(record: RecordLayout, options: CodecOptions, random: RandomSource): CodecOptions {
  const named = record.items.filter(({ name }) => name !== null && /^[A-Z]\d+-(?:ITEM|BITS)$/.test(name));
  const fields = named.filter(({ type }) => type !== null);
  const views = named.filter(({ redefines, views }) => redefines !== null || views.length > 1);
  if (fields.length === 0 || views.length === 0 || random.chance(0.6)) return options;
  const rules = views.map(
    ({ name }) => `${random.pick(fields).name}:${random.pick(['0,1', '2', 'A,B', '3,4,5'])}=${name}`,
  );
  return { ...options, view: random.chance(0.5) ? rules : [...(options.view ?? []), ...rules] };
}

/** Now and then read fields and groups in ways of their own, or select some. */
function otherFields(record: RecordLayout, options: CodecOptions, random: RandomSource): CodecOptions {
  const names = record.items.flatMap(({ name }) => name ?? []);
  if (names.length === 0 || random.chance(0.75)) return options;
  const own = Array.from(
    { length: random.integer(1, 3) },
    () => `${random.pick(names)}=${random.pick(ownSettings[random.pick(['text', 'text', 'blank', 'form'] as const)])}`,
  );
  const select = random.chance(0.2) ? [random.pick(names), random.pick(names)] : [];
  return { ...options, field: [...(options.field ?? []), ...own], select };
}

const ownSettings = {
  text: ['codepage:cp1147', 'codepage:latin1', 'codepage:utf8', 'trim:none', 'trim:left', 'trim:both', 'trim:nul'],
  blank: ['blank:null', 'blank:zero', 'blank:error'],
  form: ['string', 'packed-unsigned', 'hex', 'bits'],
} as const;

/** Now and then leave fields blank, or fill them with low-values. */
function withBlanks(bytes: Uint8Array, { items }: RecordLayout, codepage: string, random: RandomSource): Uint8Array {
  const fields = items.filter(({ type }) => type !== null);
  const blank = codePage(codepage).family === 'ebcdic' ? 0x40 : 0x20;
  for (let field = random.integer(0, 3); field > 0 && fields.length > 0; field--) {
    const { offset, length } = random.pick(fields);
    bytes.subarray(offset, offset + length).fill(random.chance(0.7) ? blank : 0);
  }
  return bytes;
}

/** Damage a record as data is damaged: bytes, nibbles and lengths. */
export function mutated(record: Uint8Array, text: boolean, random: RandomSource): Uint8Array {
  const bytes = Uint8Array.from(record);
  for (let change = random.integer(0, 3); change > 0 && bytes.length > 0; change--) {
    const at = random.integer(0, bytes.length - 1);
    const interesting = [
      0x40, 0x00, 0x0c, 0x0d, 0x0f, 0xc0, 0xd0, 0xf0, 0xf9, 0x20, 0x30, 0xff, 0x7f, 0x0e, 0x51, 0xe0,
    ];
    bytes[at] = random.chance(0.5) ? random.pick(interesting) : random.integer(0, 255);
  }
  if (random.chance(text ? 0.4 : 0.9)) return bytes;
  return random.chance(0.5) ? bytes.subarray(0, random.integer(0, bytes.length)) : Uint8Array.from([...bytes, 0x40]);
}

/** Options beyond those that random copybooks come with. */
function moreOptions(options: CodecOptions, random: RandomSource): CodecOptions {
  return {
    ...options,
    views: random.pick(['good', 'all', 'first']),
    view: random.chance(0.8) ? options.view : [],
    zoned: random.pick(['strict', 'strict', 'lenient']),
    trim: random.chance(0.7) ? options.trim : random.pick(['left', 'both', 'nul']),
    numbers: random.chance(0.8) ? options.numbers : 'number',
    blank: random.pick(['null', 'zero', 'error']),
    nel: random.pick(['nel', 'nel', 'lf']),
    codepage: random.chance(0.8)
      ? options.codepage
      : random.pick(options.codepage === 'latin1' ? ['ascii', 'utf8'] : ['cp1147', 'cp930', 'cp500']),
    format: random.chance(0.8) ? options.format : 'text',
  };
}
