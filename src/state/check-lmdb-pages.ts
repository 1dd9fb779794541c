import type { FileBytes } from './file-bytes.ts';
import { corrupt, type LmdbMeta, noPage } from './lmdb-meta.ts';

const headerLength = 24;
const nodeLength = 8;
const branchFlag = 1;
const leafFlag = 2;
const overflowFlag = 4;
const bigData = 1; // node flag: the value lies on overflow pages
const subTree = 2; // node flag: the value describes the tree of a table
const duplicates = 4; // node flag, of a kind of table that is not used here
const treeLength = 48; // bytes of the description of a tree; its root page is in the last eight
const deepest = 32; // native code ends the process on deeper trees

/**
 * Follow the trees of an LMDB file from their roots and check the form of every page that belongs to them: its number, its kind, that its keys
 * are in order, and that nothing in it leads outside of it or of the file. Native code trusts the pages: a damaged one can end the process there, and a key
 * out of order hides others.
 *
 * A page begins with a header, behind which are 16-bit places of its nodes, counted from behind the header:
 *
 * | offset | length | field |
 * |---|---|---|
 * | 0 | 8 | page number |
 * | 18 | 2 | flags: 1 branch, 2 leaf, 4 overflow |
 * | 20 | 2 | end of the places, counted as they are; on overflow pages 20 to 24 is the number of pages |
 * | 22 | 2 | begin of the nodes |
 *
 * A node has 8 bytes and its key: two halves of the value's length and flags (on a branch: three parts of a page number), the length of the
 * key. `budget` bounds the bytes of leaves that are read; branches are read always. Throws STATE_CORRUPT.
 */
export function checkLmdbPages(file: FileBytes, meta: LmdbMeta, budget: number): void {
  new PageWalk(file, meta, budget).run();
}

class PageWalk {
  readonly #file: FileBytes;
  readonly #meta: LmdbMeta;
  readonly #pages: number;
  #left: number;
  #seen = 0;
  /** Pages to visit, how deep in their tree they are, and whether its keys are numbers of eight bytes, low byte first. */
  readonly #waiting: { readonly page: number; readonly depth: number; readonly numbers: boolean }[] = [];

  constructor(file: FileBytes, meta: LmdbMeta, budget: number) {
    this.#file = file;
    this.#meta = meta;
    this.#pages = Math.floor(file.size / meta.pageSize);
    this.#left = budget;
  }

  run(): void {
    this.#await(this.#meta.freeRoot, 1, true);
    this.#await(this.#meta.mainRoot, 1, false);
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      if (this.#seen++ > this.#meta.lastPage) throw corrupt(this.#file, 'its trees have more pages than the file');
      this.#visit(next.page, next.depth, next.numbers);
    }
  }

  /** Note a page to visit; `null` is the root of an empty tree. */
  #await(page: number | null, depth: number, numbers: boolean): void {
    if (page === null) return;
    this.#checkNumber(page, 1);
    if (depth > deepest) throw corrupt(this.#file, 'a tree is impossibly deep');
    this.#waiting.push({ page, depth, numbers });
  }

  #visit(page: number, depth: number, numbers: boolean): void {
    const { pageSize } = this.#meta;
    const bytes = this.#file.read(page * pageSize, pageSize);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const flags = view.getUint16(18, true) & 0xff;
    if (view.getBigUint64(0, true) !== BigInt(page)) throw corrupt(this.#file, `page ${page} has another number`);
    if (flags !== branchFlag && flags !== leafFlag) throw corrupt(this.#file, `page ${page} is of no known kind`);
    if (flags === leafFlag && this.#left <= 0) return;
    if (flags === leafFlag) this.#left -= pageSize;
    const room = pageSize - headerLength;
    const lower = view.getUint16(20, true);
    const upper = view.getUint16(22, true);
    if (lower > upper || upper > room || lower % 2 !== 0) throw corrupt(this.#file, `page ${page} is malformed`);
    const count = lower >> 1;
    if (count < (flags === branchFlag ? 2 : 1)) throw corrupt(this.#file, `page ${page} is empty`);
    let before: Uint8Array | null = null;
    for (let index = 0; index < count; index++) {
      const place = view.getUint16(headerLength + index * 2, true);
      if (place < upper || place + nodeLength > room) throw corrupt(this.#file, `page ${page} is malformed`);
      if (flags === branchFlag) this.#branchNode(view, page, headerLength + place, depth, numbers);
      else this.#leafNode(view, page, headerLength + place, depth);
      const key: Uint8Array = keyOf(bytes, headerLength + place);
      if (before !== null && compareKeys(before, key, numbers) >= 0) {
        throw corrupt(this.#file, `the keys of page ${page} are not in order`);
      }
      before = flags === branchFlag && index === 0 ? null : key; // the first key of a branch says nothing
    }
  }

  #branchNode(view: DataView, page: number, at: number, depth: number, numbers: boolean): void {
    if (at + nodeLength + view.getUint16(at + 6, true) > view.byteLength)
      throw corrupt(this.#file, `page ${page} is malformed`);
    this.#await(view.getUint32(at, true) + view.getUint16(at + 4, true) * 2 ** 32, depth + 1, numbers);
  }

  #leafNode(view: DataView, page: number, at: number, depth: number): void {
    const flags = view.getUint16(at + 4, true);
    const length = view.getUint32(at, true);
    const value = at + nodeLength + view.getUint16(at + 6, true);
    const inPage = (flags & bigData) === 0 ? length : headerLength;
    if ((flags & duplicates) !== 0 || value + inPage > view.byteLength) {
      throw corrupt(this.#file, `page ${page} is malformed`);
    }
    if ((flags & bigData) !== 0) this.#overflow(Number(view.getBigUint64(value, true)), length);
    else if ((flags & subTree) !== 0) {
      if (length !== treeLength) throw corrupt(this.#file, `page ${page} is malformed`);
      const root = view.getBigUint64(value + 40, true);
      this.#await(root === noPage ? null : Number(root), depth > 1 ? 2 : 1, false);
    }
  }

  /** Check that a long value lies in the file. */
  #overflow(page: number, length: number): void {
    const { pageSize } = this.#meta;
    const pages = Math.ceil((headerLength + length) / pageSize);
    this.#checkNumber(page, pages);
    if (this.#left <= 0) return;
    const header = this.#file.read(page * pageSize, headerLength);
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    const right = view.getBigUint64(0, true) === BigInt(page) && (view.getUint16(18, true) & 0xff) === overflowFlag;
    if (!right || view.getUint32(20, true) < pages) throw corrupt(this.#file, `page ${page} holds no long value`);
    this.#left -= pageSize;
  }

  /** Check that a stretch of pages is one that the file has. */
  #checkNumber(page: number, count: number): void {
    if (page < 2 || page + count - 1 > this.#meta.lastPage) throw corrupt(this.#file, `it has no page ${page}`);
    if (page + count > this.#pages) {
      throw corrupt(
        this.#file,
        `it was cut: page ${page + count - 1} is missing, the file ends at byte ${this.#file.size}`,
      );
    }
  }
}

/** The key of a node. */
function keyOf(page: Uint8Array, node: number): Uint8Array {
  const start = node + nodeLength;
  return page.subarray(start, start + ((page[node + 6] as number) | ((page[node + 7] as number) << 8)));
}

/** Below 0: `one` stands before `other`. */
function compareKeys(one: Uint8Array, other: Uint8Array, numbers: boolean): number {
  return numbers ? Buffer.compare(one.toReversed(), other.toReversed()) : Buffer.compare(one, other);
}
