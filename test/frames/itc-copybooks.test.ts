import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { joinLayouts } from '../../src/copybook/join-records.ts';
import type { Layout } from '../../src/copybook/layout.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import { itcFolder } from './grow-catalog.ts';

const files = readdirSync(itcFolder).filter((name) => name.endsWith('.cpy'));

function read(name: string): Layout {
  return layoutOf(parseCopybook(readFileSync(join(itcFolder, name), 'utf8'), { file: name }));
}

describe('the copybooks of the sample protocol', () => {
  const [header] = read('ITCHDR.cpy').records;

  test('have a header of 32 bytes', () => {
    expect([header?.minimumLength, header?.maximumLength]).toEqual([32, 32]);
  });

  test.each(files)(
    '%s parses without a warning, and with the header in front is a frame of at most 4096 bytes',
    (name) => {
      const layout = read(name);
      expect(layout.warnings).toEqual([]);
      expect(layout.records).toHaveLength(1);
      if (header === undefined || name === 'ITCHDR.cpy') return;
      const [whole] = joinLayouts(header, layout).records;
      expect(whole?.maximumLength).toBeLessThanOrEqual(4096);
    },
  );
});
