/**
 * Write fixtures/mistakes: one file of customers, and what becomes of it on its way by the mistakes of a new user.
 *
 * Run after a build: node scripts/make-mistake-fixtures.js
 */
import { writeFileSync } from 'node:fs';
import { codePage } from '../dist/index.js';

const folder = new URL('../fixtures/mistakes/', import.meta.url);
const write = (name, content) => writeFileSync(new URL(name, folder), content);
const page = codePage('cp273');
const text = (value, length) => Buffer.from(page.encode(value.padEnd(length)).bytes);

const names = ['Müller', 'Jäger', 'Köhler', 'Weiß', 'Schäfer', 'Krüger', 'Schröder', 'Lange', 'Böhm', 'Günther'];
const towns = ['Köln', 'Lübeck', 'Nürnberg', 'Bonn', 'Görlitz', 'Fürth'];

/** Customers whose numbers are made from their position, so that the file is always the same. */
const customers = Array.from({ length: 24 }, (_, at) => ({
  id: String(1000 + at * 37),
  name: names[at % names.length],
  town: towns[at % towns.length],
  since: `20${String(at).padStart(2, '0')}0925`,
  balance: (at * 52_525_031) % 999_999_999,
  orders: (at * 3365) % 9999,
}));

function packed(value) {
  return Buffer.from(`${String(value).padStart(9, '0')}C`, 'hex');
}

const half = (value) => Buffer.from([value >> 8, value & 0xff]);
const head = ({ id, name, town, since }) => [
  text(id.padStart(6, '0'), 6),
  text(name, 12),
  text(town, 10),
  text(since, 8),
];
const records = customers.map((customer) =>
  Buffer.concat([...head(customer), packed(customer.balance), half(customer.orders)]),
);
const file = Buffer.concat(records);

const fields = (town) => `       01  CUSTOMER.
           05  CUST-ID      PIC 9(6).
           05  CUST-NAME    PIC X(12).
           05  TOWN         PIC X(${town}).
           05  SINCE        PIC 9(8).
`;
const numbers = `           05  BALANCE      PIC S9(7)V99 COMP-3.
           05  ORDERS       PIC 9(4) COMP.
`;
write('customer.cpy', fields(10) + numbers);
write('customer-short.cpy', fields(9) + numbers);
write('customer-text.cpy', fields(10));

// In code page 273, as the bank's mainframe wrote it.
write('customer.dat', file);

// Lines in ASCII, without the packed and binary fields.
const plain = (value) => value.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
const lines = customers.map(
  ({ id, name, town, since }) => `${id.padStart(6, '0')}${plain(name).padEnd(12)}${plain(town).padEnd(10)}${since}\n`,
);
write('customer-ascii.txt', lines.join(''));

// Each record behind its descriptor word, as FTP with "quote site rdw" gives it.
write('customer.vb', Buffer.concat(records.flatMap((record) => [half(record.length + 4), half(0), record])));

// FTP in text mode: every byte goes through the table from EBCDIC to Latin-1.
const latin1 = Buffer.from(page.toUnicode, 'latin1');
write('customer-ftp.dat', Buffer.from(file.map((byte) => latin1[byte])));

// A line end, CR LF in EBCDIC, behind each record.
write('customer-lines.dat', Buffer.concat(records.flatMap((record) => [record, Buffer.from([0x0d, 0x25])])));

// CR put before each byte that is a LF in EBCDIC, also those of packed and binary fields.
write('customer-cr.dat', Buffer.concat([...file].map((byte) => Buffer.from(byte === 0x25 ? [0x0d, 0x25] : [byte]))));

// Opened as text in UTF-8 and saved: what is no UTF-8 has become EF BF BD.
write('customer-utf8.dat', Buffer.from(file.toString('utf8'), 'utf8'));
