import { editDistance } from '../bytes/edit-distance.ts';
import type { CodePageName } from './code-page.ts';
import { codePageIndex } from './generated/code-page-index.ts';

// IBM numbers (CCSIDs) of the pages that are no EBCDIC.
const asciiFamily: readonly (readonly [CodePageName, readonly string[]])[] = [
  ['ascii', ['367', 'usascii', 'iso646us']],
  ['latin1', ['819', 'iso88591']],
  ['utf8', ['1208']],
];

let keys: ReadonlyMap<string, CodePageName> | undefined;

/**
 * Find a code page by any usual name: `cp037`, `IBM037`, `ibm-37`, `037`, `37`, `IBM01147`, `ebcdic-cp-us`, `latin1`.
 *
 * Case and punctuation do not matter. `null` when no page has the name.
 */
export function resolveCodePage(name: string): CodePageName | null {
  // Longer than any name: not worth normalising.
  if (name.length > 64) return null;
  keys ??= allKeys();
  return keys.get(keyOf(name)) ?? null;
}

/** Every page by its canonical name: EBCDIC first, by ascending number, then `ascii`, `latin1`, `utf8`. */
export function codePageNames(): readonly CodePageName[] {
  return [...codePageIndex.map((entry) => entry.name), ...asciiFamily.map(([name]) => name)];
}

/** Up to three canonical names that look like `name`, the closest first. */
export function similarCodePages(name: string): readonly CodePageName[] {
  const wanted = keyOf(name.slice(0, 64));
  keys ??= allKeys();
  const nearest = new Map<CodePageName, number>();
  for (const [key, page] of keys) {
    const distance = editDistance(wanted, key);
    if (distance <= Math.min(2, wanted.length - 1))
      nearest.set(page, Math.min(distance, nearest.get(page) ?? distance));
  }
  return [...nearest]
    .sort((a, b) => a[1] - b[1])
    .slice(0, 3)
    .map(([page]) => page);
}

/** The number of a page where the name holds one, else its lower-case letters and digits. */
function keyOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return /^(?:x?ibm|x?cp|ccsid|cpibm|csibm|cs)?0*([1-9]\d{0,4})$/.exec(plain)?.[1] ?? plain;
}

function allKeys(): ReadonlyMap<string, CodePageName> {
  const found = new Map<string, CodePageName>();
  for (const entry of codePageIndex) {
    for (const alias of [entry.name, ...entry.aliases]) found.set(keyOf(alias), entry.name);
  }
  for (const [name, aliases] of asciiFamily) {
    for (const alias of [name, ...aliases]) found.set(alias, name);
  }
  return found;
}
