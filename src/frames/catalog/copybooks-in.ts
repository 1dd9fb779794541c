import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const copybookPattern = /\.(?:cpy|cbl|cob|copy|cpb)$/i;

/** List the copybooks of a folder, sorted. Throws what the file system throws. */
export function copybooksIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && copybookPattern.test(entry.name));
  return files.map((entry) => join(folder, entry.name)).sort();
}
