import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readBounded } from '../copybook/read-bounded.ts';
import { OverpunchError } from '../errors.ts';
import type { ReadLimit, Source, SourceRead, SourceStatus } from '../streams/source.ts';

/** A file that is one frame, as a source. */
export interface WholeFileOptions {
  readonly path: string;
  /** Default: the path. */
  readonly name?: string | undefined;
  /** The most bytes it may have. Default 64 MiB. */
  readonly most?: number | undefined;
}

const most = 64 << 20;

/**
 * Read a file as one frame whenever its content is another one than before: settings that may change while a pipeline runs. The journal holds
 * its bytes. Throws IO when there is no such file at the start; when it is gone later, what it said last holds.
 */
export function wholeFile(options: WholeFileOptions): Source {
  const { path } = options;
  let hash: string | null = null;
  let seen = '';
  let status: SourceStatus = 'reading';
  return {
    name: options.name ?? path,
    get status() {
      return status;
    },
    open(position: string | null): void {
      hash = position;
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
        throw new OverpunchError('IO', `${path} is no file that can be read`);
      }
    },
    read(_limit: ReadLimit): SourceRead | null {
      status = 'caught-up';
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      if (stat === undefined) return null;
      const look = `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
      if (look === seen) return null;
      seen = look;
      const bytes = contentOf(path, options.most ?? most);
      const found = bytes === null ? hash : createHash('sha256').update(bytes).digest('base64');
      if (bytes === null || found === null || found === hash) return null;
      hash = found;
      return { frames: [{ bytes, ingested: null }], position: found, range: null };
    },
    close(): void {},
  };
}

/** `null` for what cannot be read at the moment, or is too large. */
function contentOf(path: string, mostBytes: number): Uint8Array | null {
  try {
    return readBounded(path, mostBytes);
  } catch {
    return null;
  }
}
