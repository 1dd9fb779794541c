import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './tracked-files.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** Import modules by name as a user of the package would, in a process of its own; name → exported names, or the error's code. */
function importAll(names: readonly string[]): Readonly<Record<string, readonly string[] | string>> {
  const program = `
    const result = {};
    for (const name of ${JSON.stringify(names)}) {
      try {
        result[name] = Object.keys(await import(name, name.endsWith('.json') ? { with: { type: 'json' } } : {}));
      } catch (error) {
        result[name] = error.code ?? String(error);
      }
    }
    console.log(JSON.stringify(result));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Readonly<Record<string, readonly string[] | string>>;
}

describe('the package', () => {
  test('is what it says it is', () => {
    expect(manifest).toMatchObject({ name: 'overpunch', license: 'MIT', type: 'module', engines: { node: '>=20.19' } });
    expect(existsSync(join(root, 'LICENSE'))).toBe(true);
    const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    expect(changes).toMatch(/^## \[(?:Unreleased|\d+\.\d+\.\d+)\]/m);
  });

  test('has few dependencies, each at one exact version', () => {
    expect(Object.keys(manifest.dependencies)).toEqual([
      '@marcbachmann/cel-js',
      'binary-parser',
      'iconv-lite',
      'js-yaml',
      'lmdb',
      'rxjs',
      'yargs',
      'zod',
    ]);
    const versions = [...Object.values(manifest.dependencies), ...Object.values(manifest.devDependencies)];
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('has a command that is a three-line shim', () => {
    expect(manifest.bin).toEqual({ overpunch: 'bin/overpunch.js' });
    const shim = readFileSync(join(root, 'bin/overpunch.js'), 'utf8');
    expect(shim.startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(shim.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(3);
    expect(() => accessSync(join(root, 'bin/overpunch.js'), constants.X_OK)).not.toThrow();
  });

  test('exports what it promises, with types', () => {
    const modules = Object.entries(manifest.exports).filter(([path]) => path !== './package.json');
    for (const [, targets] of modules) {
      expect(Object.keys(targets)).toEqual(['types', 'default']);
      for (const target of Object.values(targets)) expect(existsSync(join(root, target)), target).toBe(true);
    }
    const names = modules.map(([path]) => path.replace('.', 'overpunch'));
    const imported = importAll([...names, 'overpunch/package.json']);
    for (const name of names) expect(Array.isArray(imported[name]), `${name}: ${imported[name]}`).toBe(true);
    expect(imported['overpunch/package.json']).toContain('default');
    expect(imported['overpunch']).toEqual(expect.arrayContaining(['createCodec', 'layoutOf', 'parseCopybook']));
  });

  test('lets nothing else be imported', () => {
    const inner = [
      'dist/index.js',
      'dist/errors.js',
      'src/index.ts',
      'errors',
      'cli',
      'bin/overpunch.js',
      'codec/index.js',
    ];
    for (const [name, result] of Object.entries(importAll(inner.map((path) => `overpunch/${path}`)))) {
      expect(result, name).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
  });

  test('packs what a user needs and nothing more', () => {
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: readonly { path: string; size: number }[] }];
    const paths = files.map(({ path }) => path);
    const expected =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/overpunch\.js|docs\/[a-z-]+\.md|copybooks\/.+\.(?:cpy|yaml|hex)|dist\/.+\.(?:js|d\.ts))$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'README.md',
        'LICENSE',
        'CHANGELOG.md',
        'docs/catalog.md',
        'bin/overpunch.js',
        'dist/index.js',
      ]),
    );
    const joined = paths.filter((path) => path.startsWith('dist/cli/'));
    expect(joined).toContain('dist/cli/main.js');
    expect(joined.filter((path) => !/\/(?:main|[a-z-]+-worker|[a-z-]+-[0-9A-Z]{8})\.js$/.test(path))).toEqual([]);
    const orphans = paths
      .filter((path) => path.startsWith('dist/') && !joined.includes(path))
      .filter((path) => !existsSync(join(root, path.replace(/^dist/, 'src').replace(/(?:\.d\.ts|\.js)$/, '.ts'))));
    expect(orphans).toEqual([]);
  });
});
