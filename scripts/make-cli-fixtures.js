// Writes fixtures/cli: small copybooks' data for the command line transcripts. Run: node scripts/make-cli-fixtures.js
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const folder = new URL('../fixtures/cli/', import.meta.url);
const write = (name, bytes) => writeFileSync(new URL(name, folder), bytes);

const rows = ['ABCDEFGHI', 'JKLMNOPQR', ' STUVWXYZ', '0123456789'];
const firsts = [0xc1, 0xd1, 0xe1, 0xf0];

/** Upper-case letters, digits and blanks in EBCDIC. */
function ebcdic(text) {
  return Buffer.from(
    [...text].map((character) => {
      if (character === ' ') return 0x40;
      const row = rows.findIndex((letters) => letters.includes(character));
      return firsts[row] + rows[row].indexOf(character);
    }),
  );
}

const packed = (digits, sign) => Buffer.from(`${digits}${sign}`, 'hex');
const half = (value) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);

/** A zoned number: its last digit carries the sign. */
function zoned(digits, negative) {
  const bytes = ebcdic(digits);
  bytes[bytes.length - 1] -= negative ? 0x20 : 0x30;
  return bytes;
}

const text = (item, line) => Buffer.concat([ebcdic(`T${item}`), ebcdic(line.padEnd(12))]);
const price = (item, digits, quantity, discount) =>
  Buffer.concat([ebcdic(`P${item}`), packed(digits, 'C'), half(quantity), zoned(discount, true), ebcdic('EU')]);

// stock.cpy: 18 bytes
const stock = [
  text('00001', 'PAPER'),
  price('00001', '0001250', 40, '0025'),
  text('00002', 'INK BLUE'),
  price('00002', '0000999', -3, '0000'),
  price('00003', '9999999', 9999, '1000'),
];
write('stock.dat', Buffer.concat(stock));
write('stock.dat.gz', gzipSync(Buffer.concat(stock)));

// Text records with 2 bytes before and 1 behind each, a header of 8 bytes and a trailer of 3.
const framed = [stock[0], stock[2]].map((record) => Buffer.concat([ebcdic('XX'), record, ebcdic('Y')]));
write('stock-framed.dat', Buffer.concat([ebcdic('HEADER  '), ...framed, ebcdic('END')]));

// stock.dat with an invalid digit in the second record's PRICE, and the last record cut after 10 bytes.
const damaged = stock.map((record) => Buffer.from(record));
damaged[1][7] = 0xab;
damaged[4] = damaged[4].subarray(0, 10);
write('stock-bad.dat', Buffer.concat(damaged));

// stock.dat with another quantity, an item gone, a new one, and the rest in another order
const later = [stock[4], stock[0], price('00002', '0000999', 12, '0000'), text('00003', 'STRING'), stock[1]];
write('stock-later.dat', Buffer.concat(later));

// stock-text.cpy: ASCII lines, one with CRLF, one empty, the last without an end
write('stock.txt', 'T00001PAPER\r\n\nT00002INK BLUE\nT00003STRING');

// order.cpy: 5 bytes, 0 to 3 entries of 8, 6 bytes
const order = (number, remark, ...lines) =>
  Buffer.concat([
    ebcdic(`${number}${lines.length}`),
    ...lines.map(([sku, digits]) => Buffer.concat([ebcdic(sku), packed(digits, 'C')])),
    ebcdic(remark.padEnd(6)),
  ]);
const orders = [
  order('0001', 'URGENT', ['AAAA', '0000100'], ['BBBB', '0002550']),
  order('0002', 'NONE'),
  order('0003', '', ['CCCC', '9999999']),
];
const word = (length) => Buffer.from([length >> 8, length & 0xff, 0, 0]);
const withWord = (record) => Buffer.concat([word(record.length + 4), record]);
write('order.vb', Buffer.concat(orders.map(withWord)));
write('order-little.vb', Buffer.concat(orders.flatMap((record) => [Buffer.from([0, 0, record.length, 0]), record])));
write('order.odo', Buffer.concat(orders));
const blocks = [orders.slice(0, 2), orders.slice(2)].map((block) => Buffer.concat(block.map(withWord)));
write('order.vbb', Buffer.concat(blocks.map((block) => Buffer.concat([word(block.length + 4), block]))));
// The second word says 3 bytes, fewer than the word itself takes.
write('order-bad.vb', Buffer.concat([withWord(orders[0]), word(3), orders[1], withWord(orders[2])]));

// till/catalog.yaml: a header of 20 bytes before every body
const full = (value) => Buffer.from([(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
const tillFrame = (type, direction, key, sequence, body, flags = 0) =>
  Buffer.concat([
    half(20 + body.length),
    ebcdic(type + direction),
    Buffer.from([flags]),
    ebcdic(key),
    half(sequence),
    packed(String(1_717_250_400 + sequence).padStart(11, '0'), 'F'),
    body,
  ]);
/** Each behind its length and the microseconds since 1970 when it was captured. */
const captured = (frames) =>
  Buffer.concat(
    frames.flatMap((frame, index) => {
      const microseconds = BigInt(1_717_250_400_000_000 + 40_000 * index);
      return [full(frame.length), full(Number(microseconds >> 32n)), full(Number(microseconds & 0xffffffffn)), frame];
    }),
  );
const bits = (count, price) => half((count << 13) | price);
const cash = (article, count, price, given) =>
  Buffer.concat([ebcdic(article.padEnd(20)), bits(count, price), ebcdic('C'), packed(given, 'F'), ebcdic('    ')]);
const card = (article, count, price, number) =>
  Buffer.concat([ebcdic(article.padEnd(20)), bits(count, price), ebcdic(`K${number}`)]);
const done = (status, receipt) => ebcdic(status + receipt.padEnd(10));
/** NJE strings: two literals with blanks between them. */
const nje = (start, blanks, end) =>
  Buffer.concat([
    Buffer.from([0xc0 | start.length]),
    start,
    Buffer.from([0x80 | blanks, 0xc0 | end.length]),
    end,
    Buffer.from([0]),
  ]);
const paper = card('PAPER', 2, 450, '00471199');
const prices = Buffer.concat([ebcdic('2PAPER   '), packed('00475', 'F'), ebcdic('INK     '), packed('01250', 'F')]);
const till = [
  tillFrame('SA', 'Q', '000101', 1, nje(paper.subarray(0, 5), 15, paper.subarray(20)), 0x80),
  tillFrame('RA', 'R', '000101', 1, done('00', 'B000000101')),
  tillFrame('SA', 'Q', '000102', 2, cash('INK BLUE', 1, 1250, '0002000')),
  tillFrame('RA', 'R', '000102', 2, done('07', '')),
  tillFrame('PR', 'A', '000000', 3, prices),
  tillFrame('SA', 'Q', '000103', 4, cash('STRING', 7, 99, '0001000')),
];
write('till.cap', captured(till));
write('till.frames', Buffer.concat(till));
write('till.vb', Buffer.concat(till.map(withWord)));

// An unknown type, a length that is not the frame's, a string control byte that says abort, a digit that is none, bytes between
// two frames, and the last frame cut.
const unknown = Buffer.from(till[1]);
ebcdic('ZZ').copy(unknown, 2);
const lying = Buffer.from(till[2]);
lying[1] = 21;
const broken = Buffer.from(till[0]);
broken[20] = 0x40;
const digit = Buffer.from(till[2]);
digit[43] = 0xab;
const backwards = Buffer.from(till[3]);
ebcdic('Q').copy(backwards, 4);
write(
  'till-bad.cap',
  Buffer.concat([
    captured([till[0], unknown, lying, broken]),
    Buffer.from('FFFFFFFF'.repeat(4), 'hex'),
    captured([digit, backwards, till[4], till[5]]).subarray(0, -6),
  ]),
);
