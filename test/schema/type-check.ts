import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A module of declarations, and expressions that must be of a type in it. */
export interface TypedModule {
  readonly declarations: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** Compile modules with the strictest options, all at once; gives what the compiler says, `''` when it is content. */
export function typeCheck(modules: readonly TypedModule[]): string {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules/.cache/overpunch-types-'));
  try {
    for (const [index, { declarations, type, values }] of modules.entries()) {
      const lines = values.map((value) => `(${value}) satisfies ${type};\n`);
      writeFileSync(join(folder, `module-${index}.ts`), `${declarations}\n${lines.join('')}`);
    }
    const compilerOptions = {
      target: 'ES2023',
      module: 'NodeNext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      isolatedDeclarations: true,
      noEmit: true,
      declaration: true,
      types: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}` || `exit ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Write a decoded value as an expression: keys are computed, so that `__proto__` is a member like others. */
export function expressionOf(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(expressionOf).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => `[${JSON.stringify(name)}]: ${expressionOf(member)}`);
  return `{ ${members.join(', ')} }`;
}
