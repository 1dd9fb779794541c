import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodePage } from '../../src/ebcdic/index.ts';
import { codePage, pureDbcsOf, resolveCodePage } from '../../src/ebcdic/index.ts';
import { describeOracle } from '../oracles.ts';

interface OracleTable {
  readonly name: string;
  readonly mixed: boolean;
  readonly table: readonly (number | null)[];
  readonly dbcs?: Readonly<Record<string, number | readonly number[]>>;
  readonly aliases: readonly string[];
}

// Pages on which a source is overruled (docs/code-pages.md says why).
const overruled: Record<string, readonly string[]> = {
  glibc: ['IBM278', 'IBM285', 'IBM290', 'IBM420', 'IBM424', 'IBM870', 'IBM871', 'IBM875', 'IBM918', 'IBM1026'],
  jdk: ['IBM930', 'IBM939', 'IBM1122'],
};
// Repaired: see docs/code-pages.md.
const repaired = ['EBCDIC-IS-FRISS', 'IBM1390', 'IBM1399'];

describeOracle('codepages', 'the tables of other implementations', (folder) => {
  for (const source of ['glibc', 'jdk']) {
    test.each(readdirSync(join(folder, source)))(`${source} %s`, (file) => {
      const oracle: OracleTable = JSON.parse(readFileSync(join(folder, source, file), 'utf8'));
      const name = resolveCodePage(oracle.name) ?? '';
      for (const alias of oracle.aliases) expect(resolveCodePage(alias), alias).toBe(name);
      const wrong = [...wrongBytes(oracle, codePage(name)), ...wrongPairs(oracle, pureDbcsOf(name))];
      const excused = overruled[source]?.includes(name) || (source === 'glibc' && repaired.includes(name));
      expect(wrong.length > 0, wrong.join(' ')).toBe(excused);
      if (oracle.mixed) expect(mappedPairs(pureDbcsOf(name))).toBe(Object.keys(oracle.dbcs ?? {}).length);
    });
  }
});

function wrongBytes(oracle: OracleTable, page: CodePage): string[] {
  const wrong: string[] = [];
  for (let byte = 0; byte < 256; byte++) {
    // NEL and LF: the sources do not agree, and the nel option chooses.
    if (byte === 0x15 || byte === 0x25) continue;
    if (page.toUnicode.charCodeAt(byte) !== (oracle.table[byte] ?? 0xfffd)) wrong.push(byte.toString(16));
  }
  return wrong;
}

function wrongPairs(oracle: OracleTable, page: CodePage): string[] {
  return Object.entries(oracle.dbcs ?? {})
    .filter(([pair, value]) => {
      const points = typeof value === 'number' ? [value] : value;
      return page.decode(Buffer.from(pair, 'hex')).text !== String.fromCodePoint(...points);
    })
    .map(([pair]) => pair);
}

function mappedPairs(page: CodePage): number {
  let count = 0;
  for (let pair = 0; pair < 0x10000; pair++) {
    if (page.decode(Uint8Array.of(pair >> 8, pair & 0xff)).unmapped.length === 0) count++;
  }
  return count;
}
