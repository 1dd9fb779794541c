import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisions, repairs } from './decisions.js';

/** The CDRA control codes of X'00'-X'3F', X'FF' last; X'15' is NEL and X'25' LF. */
export const controls = [
  ...[0x00, 0x01, 0x02, 0x03, 0x9c, 0x09, 0x86, 0x7f, 0x97, 0x8d, 0x8e, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f],
  ...[0x10, 0x11, 0x12, 0x13, 0x9d, 0x85, 0x08, 0x87, 0x18, 0x19, 0x92, 0x8f, 0x1c, 0x1d, 0x1e, 0x1f],
  ...[0x80, 0x81, 0x82, 0x83, 0x84, 0x0a, 0x17, 0x1b, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x05, 0x06, 0x07],
  ...[0x90, 0x91, 0x16, 0x93, 0x94, 0x95, 0x96, 0x04, 0x98, 0x99, 0x9a, 0x9b, 0x14, 0x15, 0x9e, 0x1a],
  0x9f,
];

/**
 * Read both folders of tables and settle every page.
 *
 * Returns pages `{ name, mixed, sources, table, dbcs, aliases, disagreements }` by ascending name; throws when the
 * sources disagree on something that `decisions` does not settle.
 */
export function readSources(folder) {
  const glibc = readTables(join(folder, 'glibc'));
  const jdk = readTables(join(folder, 'jdk'));
  const names = [...new Set([...glibc.keys(), ...jdk.keys()])].sort(byName);
  return names.map((name) => settle(name, glibc.get(name), jdk.get(name)));
}

function readTables(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => {
      const page = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return [canonicalName(page.name), page];
    }),
  );
}

function canonicalName(name) {
  if (name === 'IBM-Thai') return 'IBM838';
  return name.replace(/^x-/, '').replace(/^IBM0(?=1\d\d\d$)/, 'IBM');
}

function byName(a, b) {
  return /^IBM/.test(a) && /^IBM/.test(b) ? Number(a.slice(3)) - Number(b.slice(3)) : a < b ? -1 : 1;
}

function settle(name, glibc, jdk) {
  const disagreements = glibc && jdk ? compare(glibc, jdk) : [];
  const decision = decisions[name];
  if (disagreements.length > 0 && !decision) throw new Error(`${name}: undecided: ${disagreements.join(', ')}`);
  if (decision && disagreements.length === 0) throw new Error(`${name}: decided, but the sources agree`);
  const chosen = decision?.take === 'jdk' ? jdk : (glibc ?? jdk);
  return {
    name,
    mixed: chosen.mixed,
    sources: glibc && jdk ? 2 : 1,
    table: repair(name, chosen.table, chosen.mixed),
    dbcs: chosen.dbcs,
    aliases: [name, ...[glibc, jdk].flatMap((page) => (page ? [page.name, ...page.aliases] : []))],
    disagreements,
  };
}

function compare(glibc, jdk) {
  const found = [];
  for (let byte = 0; byte < 256; byte++) {
    if (byte === 0x15 || byte === 0x25) continue;
    if (glibc.table[byte] !== jdk.table[byte]) found.push(difference(byte, glibc.table[byte], jdk.table[byte]));
  }
  const pairs = new Set([...Object.keys(glibc.dbcs ?? {}), ...Object.keys(jdk.dbcs ?? {})]);
  for (const pair of [...pairs].sort()) {
    const [ours, theirs] = [glibc.dbcs[pair], jdk.dbcs[pair]];
    if (ours !== theirs) found.push(difference(Number.parseInt(pair, 16), ours, theirs));
  }
  return found;
}

function difference(code, glibc, jdk) {
  const show = (point) => (point == null ? 'unmapped' : `U+${hex(point)}`);
  const digits = hex(code);
  return `X'${digits.length > 4 || code > 0xff ? digits : digits.slice(2)}' ${show(glibc)} / ${show(jdk)}`;
}

function hex(value) {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

function repair(name, source, mixed) {
  const table = [...source];
  for (let byte = 0; byte < 256; byte++) {
    const control = byte < 0x40 ? controls[byte] : byte === 0xff ? controls[0x40] : null;
    if (control === null) {
      if (table[byte] === 0x1a && name in repairs) table[byte] = null;
      if (table[byte] !== null && (table[byte] > 0xffff || table[byte] < 0x20))
        throw new Error(`${name}: byte ${byte}`);
      continue;
    }
    const shift = mixed && (byte === 0x0e || byte === 0x0f);
    const expected = shift ? null : control;
    const differs = table[byte] !== expected && byte !== 0x15 && byte !== 0x25;
    if (differs && !(name in repairs)) throw new Error(`${name}: control byte ${byte} is not that of CDRA`);
    table[byte] = expected;
  }
  if (table[0x40] !== 0x20) throw new Error(`${name}: X'40' is no blank`);
  return table;
}
