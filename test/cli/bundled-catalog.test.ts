import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTargets } from '../../src/cli/check-targets.ts';
import { generateCommand } from '../../src/cli/generate-command.ts';
import { openCatalog } from '../../src/cli/open-catalog.ts';
import { readOptionsFile } from '../../src/cli/options-file.ts';
import { typeOf } from '../../src/cli/wanted-types.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-bundled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a catalog that comes with the package', () => {
  test('is named without a path, on the command line and in an options file', async () => {
    expect((await openCatalog('overpunch:itc', undefined)).protocol).toBe('ITC');
    const output = join(folder, 'a.cap');
    expect(await generateCommand.run([], { catalog: 'overpunch:itc', frames: 5, output, quiet: true })).toBe(0);
    expect(readFileSync(output).length).toBeGreaterThan(5 * 32);
    const file = join(folder, 'options.yaml');
    writeFileSync(file, 'catalog: overpunch:itc\noutput: x\n');
    const options = readOptionsFile(file, () => true, true);
    expect(options.get('catalog')?.value).toBe('overpunch:itc');
    expect(options.get('output')?.value).not.toBe('x');
  });

  test('is named so where a type of it is not found', async () => {
    const catalog = await openCatalog('overpunch:itc', undefined);
    const hint = 'overpunch catalog list overpunch:itc shows its types';
    expect(() => typeOf(catalog, 'XYZ')).toThrow(expect.objectContaining({ hint }));
  });

  test.each(['overpunch:ict', 'overpunch:', 'overpunch:../itc', 'overpunch:itc/catalog.yaml'])(
    'is one that there is, unlike %s',
    async (name) => {
      await expect(openCatalog(name, undefined)).rejects.toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: `no catalog ${name} comes with the package`,
          hint: expect.stringContaining('there is overpunch:itc'),
        }),
      );
    },
  );
});

describe('the files of a catalog', () => {
  test('are its own, the copybooks, and what was copied into those that were read', async () => {
    const own = join(folder, 'own');
    cpSync(fileURLToPath(new URL('../../copybooks/itc', import.meta.url)), own, { recursive: true });
    const part = join(own, 'PART.cpy');
    copyFileSync(join(own, 'T050.cpy'), part);
    writeFileSync(join(own, 'T050.cpy'), '       COPY PART.\n');
    const catalog = await openCatalog(join(own, 'catalog.yaml'), undefined);
    for (const name of ['catalog.yaml', 'ITCHDR.cpy', 'T031.cpy']) expect(catalog.files()).toContain(join(own, name));
    expect(catalog.files()).not.toContain(part);
    catalog.typeNamed('T050')?.codec();
    expect(catalog.files()).toContain(part);
    const copybook = catalog.files();
    await expect(checkTargets([], { output: part, copybook })).rejects.toThrow('would be written over');
    await expect(checkTargets([], { quarantine: join(own, 'ITCHDR.cpy'), copybook })).rejects.toThrow('written over');
    await checkTargets([], { output: join(own, 'new'), copybook: [...copybook, join(own, 'nosuch.cpy')] });
  });
});
