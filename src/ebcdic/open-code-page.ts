import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { CodePage } from './code-page.ts';
import { replacement } from './code-page.ts';
import type { CodePageEntry } from './code-page-entry.ts';
import type { DoubleByteMap } from './double-byte-map.ts';
import { doubleByteMap } from './double-byte-map.ts';
import { doubleBytePage } from './double-byte-page.ts';
import { codePageIndex } from './generated/code-page-index.ts';
import { doubleByteMaps } from './generated/double-byte-maps.ts';
import { controlCharacters, singleByteTables } from './generated/single-byte-tables.ts';
import { mixedPage } from './mixed-page.ts';
import { resolveCodePage, similarCodePages } from './resolve-code-page.ts';
import { singleBytePage } from './single-byte-page.ts';
import { utf8Page } from './utf8-page.ts';

/** What X'15' and X'25' stand for: `nel` U+0085 and U+000A (CDRA), `lf` U+000A and U+0085 (z/OS UNIX). */
export type NewLineRule = 'nel' | 'lf';

/** What double-byte fields are read by in pages without a double-byte half: the cells that all such pages share. */
const commonDoubleByte = 'DBCS-COMMON';

const pages = new Map<string, CodePage>();
const maps = new Map<string, DoubleByteMap>();

/**
 * Open a code page by any usual name; tables are made when a page is opened first.
 *
 * Throws UNKNOWN_CODE_PAGE, with the names that look alike in its hint.
 */
export function codePage(name: string, options: { readonly nel?: NewLineRule } = {}): CodePage {
  const found = resolveCodePage(name);
  if (found === null) throw unknown(name);
  const nel = options.nel ?? 'nel';
  const key = `${found}/${nel}`;
  const page = pages.get(key) ?? make(found, nel);
  pages.set(key, page);
  return page;
}

/**
 * Open the page that PIC G fields of a page are written in.
 *
 * That is the double-byte half of a mixed page. Pages without one give `DBCS-COMMON`: the double-byte blank and
 * full-width Latin letters and digits, which all double-byte pages share; other pairs are unmapped, not guessed.
 */
export function pureDbcsOf(name: string): CodePage {
  const found = resolveCodePage(name);
  if (found === null) throw unknown(name);
  return codePage(entryOf(found)?.doubleByte ?? commonDoubleByte);
}

function make(name: string, nel: NewLineRule): CodePage {
  const entry = entryOf(name);
  if (entry === undefined) return asciiPage(name);
  if (entry.kind === 'dbcs') return doubleBytePage(page(entry), mapOf(name));
  const toUnicode = tableOf(entry, nel);
  if (entry.kind === 'mixed') return mixedPage(page(entry), toUnicode, mapOf(entry.doubleByte ?? commonDoubleByte));
  return singleBytePage({ ...page(entry), family: 'ebcdic', blank: 0x40 }, toUnicode);
}

function page(entry: CodePageEntry): Pick<CodePage, 'name' | 'sources'> {
  return { name: entry.name, sources: entry.sources };
}

function entryOf(name: string): CodePageEntry | undefined {
  return codePageIndex.find((entry) => entry.name === name);
}

function tableOf(entry: CodePageEntry, nel: NewLineRule): string {
  const table = [
    ...controlCharacters.slice(0, 0x40),
    ...(singleByteTables[entry.name] ?? ''),
    ...controlCharacters.slice(-1),
  ];
  if (nel === 'lf') [table[0x15], table[0x25]] = ['\n', '\u0085'];
  // Shifts are no characters.
  if (entry.kind === 'mixed') [table[0x0e], table[0x0f]] = [replacement, replacement];
  return table.join('');
}

function mapOf(name: string): DoubleByteMap {
  const known = maps.get(name);
  if (known !== undefined) return known;
  const packed = doubleByteMaps[name];
  if (packed === undefined) throw unknown(name);
  const map = doubleByteMap(packed);
  maps.set(name, map);
  return map;
}

function asciiPage(name: string): CodePage {
  if (name === 'utf8') return utf8Page;
  const top = name === 'latin1' ? 0x100 : 0x80;
  const toUnicode = Array.from({ length: 256 }, (_, byte) => (byte < top ? String.fromCharCode(byte) : replacement));
  return singleBytePage({ name, family: 'ascii', blank: 0x20, sources: 0 }, toUnicode.join(''));
}

function unknown(name: string): OverpunchError {
  const similar = similarCodePages(name);
  const hint = similar.length > 0 ? `did you mean ${similar.join(', ')}?` : 'docs/code-pages.md lists the names';
  return new OverpunchError('UNKNOWN_CODE_PAGE', `unknown code page '${printable(name.slice(0, 64))}'`, { hint });
}
