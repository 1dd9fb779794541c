import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOptionsFile } from '../../src/cli/options-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-options-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'options.yaml');

function read(text: string, allowOutside = false): Record<string, unknown> {
  writeFileSync(file, text);
  const options = readOptionsFile(file, (name) => name === 'copybook', allowOutside);
  return Object.fromEntries([...options].map(([name, { value }]) => [name, value]));
}

describe('an options file', () => {
  it('gives every scalar as the text it is', () => {
    expect(read('codepage: 037\nlimit: 10\nraw: yes\nview: [A=B, "C:1,2=D"]\n')).toEqual({
      codepage: '037',
      limit: '10',
      raw: 'yes',
      view: ['A=B', 'C:1,2=D'],
    });
    expect(read('')).toEqual({});
  });

  it('takes paths relative to itself', () => {
    expect(read('copybook: sub/a.cpy')).toEqual({ copybook: relative('', join(folder, 'sub/a.cpy')) });
  });

  it('keeps paths below its folder, links too, unless told otherwise', () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    symlinkSync('/', join(folder, 'sub', 'root'));
    expect(() => read('copybook: ../a.cpy')).toThrow('outside the folder');
    expect(() => read('copybook: /etc/passwd')).toThrow('outside the folder');
    expect(() => read('copybook: [a.cpy, sub/root/etc/passwd]')).toThrow('outside the folder');
    expect(read('copybook: /etc/passwd', true)).toEqual({ copybook: relative('', '/etc/passwd') });
  });

  it.each([
    ['limit: 1\nlimit: 2\n', ':2:1: USAGE: the key stands twice: keys must be unique'],
    ['- a\n- b\n', ':1:1: USAGE: an options file maps'],
    ['limit: [1\n', 'USAGE:'],
    ['? [a]\n: b\n', 'USAGE: a key is a plain text'],
  ])('refuses %j with its place', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('refuses aliases that multiply', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${'*l'.concat(`${level}, `).repeat(9)}]`,
    );
    expect(() => read(`l0: &l0 [${'x, '.repeat(9)}]\n${levels.join('\n')}\n`)).toThrow('alias');
  });

  it('refuses more than 100 aliases, however little each stands for', () => {
    const uses = (count: number): string => Array.from({ length: count }, (_, at) => `k${at}: *a\n`).join('');
    expect(Object.keys(read(`a: &a x\n${uses(100)}`))).toHaveLength(101);
    expect(() => read(`a: &a x\n${uses(101)}`)).toThrow(':102:7: USAGE: more than 100 aliases');
  });

  it('does not mistake a key for something of its own', () => {
    expect(Object.keys(read('__proto__: x\n'))).toEqual(['__proto__']);
  });

  it('says which file cannot be read', () => {
    expect(() => readOptionsFile(join(folder, 'none.yaml'), () => false, false)).toThrow('none.yaml: IO: no such file');
  });
});
