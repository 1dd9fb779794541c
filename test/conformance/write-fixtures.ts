import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixtureBytes } from './fixture-bytes.ts';

// Run by hand after a data.txt was changed: node --import tsx test/conformance/write-fixtures.ts
const root = fileURLToPath(new URL('../../fixtures/conformance', import.meta.url));
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('data.txt')) continue;
  const file = join(root, name);
  writeFileSync(join(dirname(file), 'data.bin'), fixtureBytes(readFileSync(file, 'utf8')));
}
