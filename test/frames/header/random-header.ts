import fc from 'fast-check';
import type { LayoutItem } from '../../../src/copybook/layout.ts';
import type { CatalogHeader } from '../../../src/frames/catalog/catalog.ts';
import { headerField } from '../../../src/frames/header/header-field.ts';
import type { HeaderSource } from '../../../src/frames/header/header-source.ts';
import { type RandomSource, randomSource } from '../../codec/random-source.ts';
import { headerOf } from './header-of.ts';

/** A random header with frames of it: what a writer would write, the same with bytes changed, and noise. */
export interface RandomHeader {
  readonly source: HeaderSource;
  readonly headers: readonly Uint8Array[];
}

const numbers = [
  ...['PIC 9(4)', 'PIC 9(10)', 'PIC S9(7)', 'PIC S9(15)', 'PIC 9(17)', 'PIC S9(3) SIGN LEADING', 'PIC 9(5)V99'],
  ...[
    'PIC S9(4) SIGN LEADING SEPARATE',
    'PIC S9(4) SIGN TRAILING SEPARATE',
    'PIC 9(4) BLANK WHEN ZERO',
    'PIC 9(4) NATIONAL',
  ],
  ...[
    'PIC 9(4) COMP-3',
    'PIC S9(5) COMP-3',
    'PIC S9(15) COMP-3',
    'PIC 9(14) COMP-3',
    'PIC 9 COMP-3',
    'PIC S9(17) COMP-3',
  ],
  ...['PIC 9(5) COMP-6', 'PIC 9(6) COMP-6', 'PIC S9(3)PP COMP-3', 'PIC S9(5)V9 COMP-3'],
  ...['PIC 9(4) COMP', 'PIC S9(4) COMP', 'PIC S9(9) COMP', 'PIC 9(9) COMP', 'PIC S9(18) COMP', 'PIC 9(18) COMP-5'],
  ...['PIC S9(4) COMP-5', 'PIC 9(9) COMP-5', 'PIC X(3) COMP-X', 'PIC X(5) COMP-X', 'PIC X COMP-X', 'BINARY-CHAR'],
  ...['PIC 1(8) BIT', 'PIC 1(16) BIT', 'PIC 1(40) BIT', 'COMP-2', 'COMP-1'],
];
const tokens = [...numbers, 'PIC X(4)', 'PIC X(6)', 'PIC X', 'PIC X(9)', 'PIC X(5) JUSTIFIED', 'PIC ZZZ9', 'PIC N(2)'];
const dates = [
  'PIC 9(14)',
  'PIC 9(17)',
  'PIC X(14)',
  'PIC X(20)',
  'PIC 9(14) COMP-3',
  'PIC 9(17) COMP-3',
  'PIC S9(15) COMP-3',
];
const times = ['PIC 9(13)', 'PIC 9(15) COMP-3', 'PIC S9(18) COMP', 'PIC 9(18) COMP-5', 'PIC X(8)', 'PIC 9(9) COMP'];
const groups = [
  'K1 PIC 9(5). 10 K2 PIC 9(5)',
  'K1 PIC 9(2). 10 K2. 15 K3 PIC 9(3). 15 FILLER PIC 9(4)',
  'K1 PIC X(3). 10 K2 PIC 9(2)',
  'K1 PIC 9(9). 10 K2 PIC 9(9)',
  'K1 PIC S9(2). 10 K2 PIC 9(2)',
  'K1 PIC 9(4) COMP. 10 K2 PIC X',
];
const bitGroups = [
  'B1 PIC 1. 10 B2 PIC 1(2). 10 FILLER PIC 1(5)',
  'B1 PIC 1(3). 10 B2 PIC 1(20)',
  'B1 PIC 1(40). 10 B2 PIC 1(16)',
  'B1 PIC 1(13)',
];
const textValues = ['T031', 'R031', 'A', 'B', '', 'Q', 'X1'];
const numberValues = ['0', '1', '31', '-5', '255', '16448', ''];

/** Random headers with `count` frames each. */
export function randomHeaders(count: number): fc.Arbitrary<RandomHeader> {
  return fc.noShrink(fc.integer()).map((seed) => {
    const random = randomSource(seed);
    const made = { ...drawHeader(random), [fc.toStringMethod]: () => `seed ${seed}` };
    return {
      ...made,
      headers: Array.from({ length: count }, () => drawBytes(random, made.source.header.length, made.source)),
    };
  });
}

function drawHeader(random: RandomSource): { readonly source: HeaderSource } {
  const lines = ['01 HDR.'];
  const line = (text: string): void => {
    if (random.chance(0.2)) lines.push(`05 FILLER PIC X(${random.integer(1, 3)}).`);
    lines.push(`05 ${text}.`);
  };
  const kind = random.pick(['seconds', 'milliseconds', 'microseconds', 'stck', 'digits'] as const);
  const type = random.pick(tokens);
  const second = random.pick(tokens);
  const direction = random.pick(['PIC X', 'PIC X', 'PIC 9', 'PIC X(3)', 'PIC 9(2) COMP-3', 'PIC 9(4) COMP']);
  line(`TYP ${type}`);
  line(`SUB ${second}`);
  line(`DIRECTION ${direction}`);
  line(random.chance(0.5) ? `KEYS. 10 ${random.pick(groups)}` : `KEYS ${random.pick(tokens)}`);
  const sequence = random.pick(tokens);
  line(`SEQ ${sequence}`);
  line(`LEN ${random.pick([...tokens, 'PIC X(4)'])}`);
  line(`TIM ${random.pick(kind === 'digits' ? dates : kind === 'stck' ? [...times, 'PIC X(8)', 'PIC X(8)'] : times)}`);
  line(random.chance(0.6) ? `FLAG GROUP-USAGE BIT. 10 ${random.pick(bitGroups)}` : `FLAG ${random.pick(tokens)}`);
  line('TAIL PIC X');
  const both = random.chance(0.4);
  const plain = headerOf({
    copybook: lines.join('\n'),
    fields: {
      type: 'TYP',
      key: 'KEYS',
      ...(random.chance(0.8) ? { direction: 'DIRECTION' } : {}),
      ...(random.chance(0.9) ? { sequence: 'SEQ', time: 'TIM', length: 'LEN', flags: 'FLAG' } : {}),
    },
    timeFormat: { kind, offset: random.pick([0, 60, -90]) },
    lengthAdjustment: random.pick([0, 4, -2]),
    discriminators: both ? ['TYP', 'SUB'] : ['TYP'],
    options: {
      codepage: random.pick(['cp037', 'cp037', 'IBM1147', 'latin1', 'cp930']),
      blank: random.pick(['null', 'zero', 'error']),
      zoned: random.pick(['strict', 'lenient']),
      numbers: random.pick(['exact', 'string', 'number']),
      trim: random.pick(['right', 'none', 'both', 'nul']),
      asciiSign: random.pick(['ebcdic', 'microfocus', 'fujitsu']),
      field: random.pick([
        [],
        [],
        [],
        ['SEQ=hex'],
        ['SEQ=bits'],
        ...(isScalable(sequence) ? [['SEQ=scale:0'], ['SEQ=scale:2']] : []),
      ]),
    },
    dialect: { dialect: random.pick(['ibm', 'gnucobol', 'microfocus'] as const) },
  });
  return { source: withValues(random, plain.header) };
}

/** Whether a field of these clauses holds digits or bits, so that their scale can be set. */
function isScalable(clauses: string): boolean {
  return /^PIC S?[91][^P]*$/.test(clauses) && !/COMP-5/.test(clauses);
}

/** Give types and roles values that go with their fields. */
function withValues(random: RandomSource, header: CatalogHeader): HeaderSource {
  const values = (item: LayoutItem | null, least: number): readonly string[] => {
    const some = item !== null && headerField(header, item).numeric ? numberValues : textValues;
    return Array.from({ length: random.integer(least, 2) }, () => random.pick(some));
  };
  const { direction } = header.fields;
  const directions = { request: values(direction, 0), response: values(direction, 0), notice: values(direction, 0) };
  const types = Array.from({ length: random.integer(0, 5) }, () => ({
    when: header.discriminators.map((item) => values(item, random.chance(0.2) ? 0 : 1)),
    role: random.pick(['request', 'response', 'notice'] as const),
  }));
  return { header: { ...header, directions }, types };
}

/** What a writer would write where it knows how, with some bytes changed; else bytes that look like data; else noise. */
function drawBytes(random: RandomSource, length: number, { header, types }: HeaderSource): Uint8Array {
  const likely = [0x40, 0x00, 0xf0, 0xf1, 0xf9, 0xc1, 0xd5, 0x20, 0x30, 0x39, 0x0c, 0x1d, 0x0f, 0x99, 0x12, 0xff, 0xd8];
  const shape = random.pick(['written', 'written', 'changed', 'likely', 'digits', 'noise'] as const);
  if (shape === 'noise') return Uint8Array.from({ length }, () => random.integer(0, 255));
  if (shape === 'likely') return Uint8Array.from({ length }, () => random.pick(likely));
  if (shape === 'digits') {
    const zone = header.codec.options.codepage === 'latin1' ? 0x30 : 0xf0;
    return Uint8Array.from({ length }, () => zone + random.integer(0, 9));
  }
  const row = types.length === 0 ? [] : random.pick(types).when;
  const value: Record<string, unknown> = {};
  for (const item of header.record.items) {
    if (item.type === null || item.name === null || item.level !== 5) continue;
    const index = header.discriminators.indexOf(item);
    const wanted = index >= 0 ? row[index]?.[0] : undefined;
    if (item.type.kind === 'text' || item.type.kind === 'edited') value[item.name] = wanted ?? random.pick(textValues);
    else value[item.name] = wanted !== undefined && wanted !== '' ? wanted : String(random.integer(0, 9));
    if (item.name === 'TIM') value[item.name] = random.chance(0.5) ? '20250228235959' : '1763800000123';
  }
  const { bytes } = header.codec.encode(value, { init: true, round: true });
  const found = bytes === null ? Uint8Array.from({ length }, () => random.pick(likely)) : bytes.slice();
  if (shape === 'changed')
    for (let times = random.integer(1, 4); times > 0; times--)
      found[random.integer(0, length - 1)] = random.integer(0, 255);
  return found;
}
