import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import { fileCopyLibrary } from '../../src/copybook/file-copy-library.ts';
import { mistakeIn, shown } from './source-cases.ts';

let base = '';
let own = '';
let include = '';
const from = { file: 'x.cpy', line: 1, column: 1, lineText: '' };

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'copy-library-'));
  own = join(base, 'own');
  include = join(base, 'include');
  mkdirSync(join(own, 'sub', 'folder.cpy'), { recursive: true });
  mkdirSync(join(include, 'LIB'), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(base, path), text);
  write('secret.cpy', '01 SECRET PIC X.');
  write('own/customer.cpy', '01 OWN-CUSTOMER PIC X.');
  write('own/PLAIN', '01 PLAIN PIC X.');
  write('own/sub/Deep.Cob', '01 DEEP PIC X.');
  write('include/CUSTOMER.CPY', '01 INCLUDE-CUSTOMER PIC X.');
  write('include/LIB/CUSTOMER.cbl', '01 LIB-CUSTOMER PIC X.');
  write('include/ACCOUNT.inc', '01 ACCOUNT PIC X.');
  symlinkSync(join(base, 'secret.cpy'), join(own, 'LEAK.cpy'));
  symlinkSync(join(own, 'customer.cpy'), join(own, 'ALIAS.cpy'));
  symlinkSync(base, join(own, 'up'));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function find(member: string, library: string | null = null): string | undefined {
  return fileCopyLibrary({ folders: [own, include] }).find(member, library, from)?.text;
}

function codeOf(member: string, library: string | null = null): string {
  try {
    find(member, library);
  } catch (error) {
    return error instanceof CopybookError ? error.code : String(error);
  }
  return 'none';
}

describe('a library of files', () => {
  it.each([
    ['CUSTOMER', null, '01 OWN-CUSTOMER PIC X.'],
    ['customer.cpy', null, '01 OWN-CUSTOMER PIC X.'],
    ['plain', null, '01 PLAIN PIC X.'],
    ['sub/DEEP', null, '01 DEEP PIC X.'],
    ['SUB\\deep.cob', null, '01 DEEP PIC X.'],
    ['account', null, '01 ACCOUNT PIC X.'],
    ['CUSTOMER', 'lib', '01 LIB-CUSTOMER PIC X.'],
    ['ACCOUNT', 'ELSEWHERE', '01 ACCOUNT PIC X.'],
    ['ALIAS', null, '01 OWN-CUSTOMER PIC X.'],
    ['folder', null, undefined],
    ['sub/folder', null, undefined],
    ['NOTHING', null, undefined],
  ])('finds %s of %s', (member, library, text) => {
    expect(find(member, library)).toBe(text);
  });

  it.each(['../secret', 'sub/../../secret', '/etc/passwd', 'C:\\secret', '', 'LEAK', 'up/secret', 'A\0B'])(
    'does not leave its folders for %j',
    (member) => {
      expect(codeOf(member)).toBe('COPY_OUTSIDE');
    },
  );

  it('does not leave its folders for a library name', () => {
    expect(codeOf('secret', '..')).toBe('COPY_OUTSIDE');
    expect(find('secret', 'up')).toBe(undefined);
  });

  it('names the folders it searched and names that come near', () => {
    const library = fileCopyLibrary({ folders: [own, include] });
    const { code, hint } = mistakeIn('01 A. COPY CUSTOMR.', { library });
    expect(code).toBe('COPY_NOT_FOUND');
    expect(hint).toContain(own);
    expect(hint).toContain(include);
    expect(hint).toContain('customer.cpy');
  });

  it('is used for COPY', () => {
    expect(
      shown("COPY 'sub/deep'. COPY CUSTOMER OF LIB.", { library: fileCopyLibrary({ folders: [own, include] }) }),
    ).toBe('#01 DEEP PIC {X} . #01 LIB-CUSTOMER PIC {X} .');
  });
});
