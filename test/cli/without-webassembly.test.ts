import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, fixtures } from './overpunch.ts';

const command = fileURLToPath(new URL('../../bin/overpunch.js', import.meta.url));
const stock = '-c stock.cpy --view REC-TYPE:T=TEXT-DETAIL --view REC-TYPE:P=PRICE-DETAIL';
const long = { timeout: 60_000 };

beforeAll(build, 120_000);

/** Decode with options of Node; gives what comes out, and the lines that are said. */
function decode(nodeOptions: readonly string[], options: string): { stdout: string; status: unknown; said: string[] } {
  const words = ['decode', ...options.split(' '), '--engine', 'compiled', '--verbose'];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...nodeOptions, command, ...words], {
    cwd: fixtures,
    encoding: 'utf8',
  });
  const said = stderr.replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s').split('\n');
  // What Node itself says about its options.
  return { stdout, status, said: said.filter((line) => !line.startsWith('Warning: disabling flag')) };
}

const inJavaScript = 'decoded by generated JavaScript: this Node has no WebAssembly SIMD';
const byReference = 'decoded by the reference engine, not the compiled one: code must not be generated here';

describe('a Node without WebAssembly', () => {
  it.each([`stock.dat ${stock}`, `stock-bad.dat ${stock}`])(
    'decodes to the same, and says how: %s',
    (options) => {
      const usual = decode([], options);
      for (const flag of ['--jitless', '--no-expose-wasm']) {
        const { said, ...shown } = decode([flag], options);
        expect({ said, ...shown }).toEqual({ ...usual, said: [inJavaScript, ...usual.said] });
      }
    },
    long.timeout,
  );

  it(
    'leaves it to the reference decoder where code must not be generated',
    () => {
      const options = `stock.dat ${stock}`;
      const usual = decode([], options);
      const { said, ...shown } = decode(['--no-expose-wasm', '--disallow-code-generation-from-strings'], options);
      expect({ said, ...shown }).toEqual({ ...usual, said: [byReference, ...usual.said] });
    },
    long.timeout,
  );
});
