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
