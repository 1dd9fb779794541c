import { OverpunchError } from '../errors.ts';
import type { FileBytes } from './file-bytes.ts';

/**
 * What the newer of the two first pages of an LMDB file says, as far as it matters to whoever checks it.
 *
 * | offset | length | field |
 * |---|---|---|
 * | 0 | 8 | page number: 0 or 1 |
 * | 18 | 2 | page flags: 8, meta |
 * | 24 | 4 | magic number BEEFC0DE |
 * | 28 | 4 | version of the data format, in the low 16 bits |
 * | 40 | 8 | size of the memory map |
 * | 48 | 4 | page size |
 * | 88 | 8 | root page of the tree of free pages |
 * | 136 | 8 | root page of the main tree |
 * | 144 | 8 | last page in use |
 * | 152 | 8 | number of the transaction that wrote it |
 */
export interface LmdbMeta {
  readonly pageSize: number;
  readonly mapSize: number;
  readonly transaction: bigint;
  readonly lastPage: number;
  /** Root pages of the tree of free pages and of the main tree; `null` for an empty one. */
  readonly freeRoot: number | null;
  readonly mainRoot: number | null;
}

/** The number of a root page that does not exist. */
export const noPage: bigint = 0xffffffffffffffffn;

const metaLength = 168;
const magic = 0xbeefc0de;
const dataVersion = 2;
const metaFlag = 8;

/**
 * Read the two first pages of an LMDB file, and check all in them that native code would trust: opening a damaged file there can end the
 * process.
 *
 * `null` for an empty file, which is how a new one begins. It throws STATE_CORRUPT.
 */
export function readLmdbMeta(file: FileBytes): LmdbMeta | null {
  if (file.size === 0) return null;
  const first = readOne(file, 0, 0);
  const second = readOne(file, first.pageSize, 1);
  if (second.pageSize !== first.pageSize) throw corrupt(file, 'its two first pages do not agree on the page size');
  const newer = second.transaction > first.transaction ? second : first;
  if (newer.lastPage < 1 || newer.lastPage * newer.pageSize > newer.mapSize) {
    throw corrupt(file, `its last page would be number ${newer.lastPage}`);
  }
  return newer;
}

function readOne(file: FileBytes, offset: number, number: number): LmdbMeta {
  if (file.size < offset + metaLength) throw corrupt(file, 'it ends within its first pages');
  const bytes = file.read(offset, metaLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if ((view.getUint16(18, true) & metaFlag) === 0 || view.getUint32(24, true) !== magic) {
    throw corrupt(file, `page ${number} is not the first page of a state file`);
  }
  const version = view.getUint32(28, true) & 0xffff;
  if (version !== dataVersion) throw corrupt(file, `its format has version ${version}, not ${dataVersion}`);
  const pageSize = view.getUint32(48, true);
  if (pageSize < 256 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) {
    throw corrupt(file, `a page would have ${pageSize} bytes`);
  }
  const root = (at: number): number | null => {
    const page = view.getBigUint64(at, true);
    return page === noPage ? null : Number(page);
  };
  return {
    pageSize,
    mapSize: Number(view.getBigUint64(40, true)),
    transaction: view.getBigUint64(152, true),
    lastPage: Number(view.getBigUint64(144, true)),
    freeRoot: root(88),
    mainRoot: root(136),
  };
}

/** Say that a file is damaged: where, and what can be done. */
export function corrupt(file: FileBytes, what: string): OverpunchError {
  return new OverpunchError('STATE_CORRUPT', `${file.path} is damaged: ${what}`, {
    hint: 'restore the folder from a backup, or move it away and begin anew',
  });
}
