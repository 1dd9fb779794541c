import { checkLmdbPages } from './check-lmdb-pages.ts';
import { FileBytes } from './file-bytes.ts';
import { type LmdbMeta, readLmdbMeta } from './lmdb-meta.ts';

const budget = 1 << 28; // 256 MiB of leaves: some 200 ms; what is larger has its branches checked, and leaves up to here
const attempts = 5;

/**
 * Check an LMDB file before native code opens it; `null` for an empty one. Throws STATE_CORRUPT.
 *
 * A writer may be at work beside: what looks damaged counts only if nothing was committed while it was looked at.
 */
export function checkLmdbFile(path: string): LmdbMeta | null {
  for (let attempt = 1; ; attempt++) {
    const meta = metaOf(path);
    if (meta === null) return null;
    const file = new FileBytes(path);
    try {
      checkLmdbPages(file, meta, budget);
      return meta;
    } catch (error) {
      if (metaOf(path)?.transaction === meta.transaction) throw error;
      if (attempt === attempts) return meta;
    } finally {
      file.close();
    }
  }
}

function metaOf(path: string): LmdbMeta | null {
  const file = new FileBytes(path);
  try {
    return readLmdbMeta(file);
  } finally {
    file.close();
  }
}
