/**
 * Write fixtures/samples/bet-slips.bin: invented bets in the layout of copybooks/samples/bet-slips.cpy.
 *
 * Variable-length records, each after its record descriptor word, in code page 1147. It shares no code with the decoder,
 * so that one checks the other. `--check` writes nothing and fails when the file is not what would be written.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../fixtures/samples/bet-slips.bin', import.meta.url));

/** Racecourse → meeting date and race. */
const meetings = {
  longchamp: ['20240310', 'ParisLongchamp', 4],
  ecouflant: ['20240310', 'Angers-Écouflant', 2],
  compiegne: ['20240311', 'Compiègne', 7],
  lion: ['20240312', "Le Lion-d'Angers", 1],
};

const horses = [
  'Étoile du Soir',
  'Grand Largue',
  "Rue de l'Écu",
  'Vent debout',
  'Sauvageonne',
  'Bel Été',
  'Façade',
  'Quai 9',
];

/** Horses by number, 1 to 8, as they stand on a slip. */
const named = (...numbers) => numbers.map((number) => [number, horses[number - 1]]);

// [slip, terminal, meeting, stake in cents, payout in cents, seconds after midnight, type, detail, horses]
const single = (horse, odds) => ({ horse, odds });
const combined = (order, combinations, unit) => ({ order, combinations, unit });
const slips = [
  [1000000001, 'T00417', 'longchamp', 500, 0, 50_412, 'W', single(3, 124), named(3)],
  [1000000002, 'T00417', 'longchamp', 1000, 2350, 50_433, 'P', single(1, 24), named(1)],
  [1000000003, 'T00092', 'longchamp', 200, 0, 50_471, 'T', combined('Y', 1, 200), named(1, 3, 8)],
  [1000000004, 'T00092', 'longchamp', 1200, 184_360, 50_502, 'T', combined('N', 6, 200), named(2, 4, 5)],
  [1000000005, 'T01138', 'ecouflant', 2000, 0, 51_007, 'W', single(6, 351), named(6)],
  // The bet before it, cancelled: the last digit of the stake carries the minus sign.
  [1000000006, 'T01138', 'ecouflant', -2000, 0, 51_020, 'W', single(6, 351), named(6)],
  [1000000007, 'T01138', 'ecouflant', 150, 0, 51_064, 'Q', combined('Y', 1, 150), named(1, 2, 5, 7)],
  [1000000008, 'T00003', 'compiegne', 3600, 0, 60_120, 'Q', combined('N', 24, 150), named(2, 3, 6, 8)],
  [1000000009, 'T00003', 'compiegne', 9_999_999, 99_999_999, 60_121, 'W', single(7, 100), named(7)],
  [1000000010, 'T00003', 'compiegne', 450, 0, 60_190, 'P', single(8, 11), named(8)],
  [1000000011, 'T20815', 'lion', 33_600, 0, 43_200, 'T', combined('N', 336, 100), named(1, 2, 3, 4, 5, 6, 7, 8)],
  [1000000012, 'T20815', 'lion', -450, 0, 86_399, 'P', single(4, 42), named(4)],
];

/** Code page 1147 for the characters used above (IBM 297 but for the euro sign). */
const accented = { à: 0x7c, ç: 0xe0, è: 0xd0, é: 0xc0, ê: 0x52, É: 0x71, "'": 0x7d, '-': 0x60, ' ': 0x40 };

function toEbcdic(character) {
  const runs = ['abcdefghi', 'jklmnopqr', 'stuvwxyz'];
  const bases = [0x81, 0x91, 0xa2];
  const lower = character.toLowerCase();
  const run = runs.findIndex((letters) => letters.includes(lower));
  if (run >= 0) return bases[run] + runs[run].indexOf(lower) + (lower === character ? 0 : 0x40);
  if (/\d/.test(character)) return 0xf0 + Number(character);
  const byte = accented[character];
  if (byte === undefined) throw new Error(`no code for ${character}`);
  return byte;
}

const text = (value, length) => [...value.padEnd(length)].map(toEbcdic);
const unsigned = (value, digits) => text(String(value).padStart(digits, '0'), digits);

/** Trailing overpunch: the zone of the last digit is C for plus, D for minus. */
function zoned(value, digits) {
  const bytes = unsigned(Math.abs(value), digits);
  bytes[digits - 1] = (bytes[digits - 1] & 0x0f) | (value < 0 ? 0xd0 : 0xc0);
  return bytes;
}

/** COMP-3: two digits a byte, the last nibble C for plus, D for minus; `digits` is odd. */
function packed(value, digits) {
  const nibbles = `${String(Math.abs(value)).padStart(digits, '0')}${value < 0 ? 'D' : 'C'}`;
  return [...Buffer.from(nibbles, 'hex')];
}

/** COMP: big-endian, two's complement. */
function binary(value, length) {
  const bytes = Buffer.alloc(length);
  bytes.writeIntBE(value, 0, length);
  return [...bytes];
}

/** BET-DETAIL, 8 bytes, by bet type. */
function detail({ horse, odds, order, combinations, unit }) {
  if (order === undefined) return [...unsigned(horse, 2), ...unsigned(odds, 4), ...text('', 2)];
  return [...text(order, 1), ...packed(combinations, 5), ...packed(unit, 7)];
}

/** One record, with its record descriptor word: length including itself, then two zero bytes. */
function record([slip, terminal, meeting, stake, payout, seconds, type, bet, runners]) {
  const [date, racecourse, race] = meetings[meeting];
  const body = [
    ...unsigned(slip, 10),
    ...text(terminal, 6),
    ...text(date, 8),
    ...text(racecourse, 20),
    ...unsigned(race, 2),
    ...zoned(stake, 7),
    ...packed(payout, 9),
    ...binary(seconds, 4),
    ...text(type, 1),
    ...detail(bet),
    ...binary(runners.length, 2),
    ...runners.flatMap(([number, name]) => [...unsigned(number, 2), ...text(name, 14)]),
  ];
  return [...binary(body.length + 4, 2), 0, 0, ...body];
}

const bytes = Buffer.from(slips.flatMap(record));
if (process.argv.includes('--check')) {
  if (!readFileSync(file).equals(bytes)) {
    console.error('fixtures/samples/bet-slips.bin is not what scripts/make-samples.js writes');
    process.exitCode = 1;
  }
} else {
  mkdirSync(new URL('.', `file://${file}`), { recursive: true });
  writeFileSync(file, bytes);
}
