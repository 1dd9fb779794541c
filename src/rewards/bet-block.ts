import type { BetBook } from './bet-book.ts';

const headLength = 4;
const [listStart, listEnd, comma] = [91, 93, 44];

/**
 * Write the bets of a book from one sequence number on, up to another without it:
 *
 * | length | field |
 * |---|---|
 * | 4 | number of bets, low byte first |
 * | 8 each | event times, doubles, low byte first |
 * | 1 each | states |
 * | … | the ids, a JSON array of texts |
 */
export function writeBetBlock(book: BetBook, from: number, to: number): Uint8Array {
  const count = to - from;
  const states = headLength + 8 * count;
  let most = states + 2 * count + 2;
  for (let at = 0; at < count; at++) most += book.idBytes(from + at);
  const block = Buffer.allocUnsafeSlow(most);
  block.writeUInt32LE(count, 0);
  for (let at = 0; at < count; at++) {
    block.writeDoubleLE(book.time(from + at), headLength + 8 * at);
    block[states + at] = book.state(from + at);
  }
  let end = states + count;
  block[end++] = listStart;
  for (let at = 0; at < count; at++) {
    if (at > 0) block[end++] = comma;
    end = book.writeId(from + at, block, end);
  }
  block[end++] = listEnd;
  return block.subarray(0, end);
}

/** Add the bets of a block to a book, of which they are the next ones. */
export function readBetBlock(bytes: Uint8Array, book: BetBook): void {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = block.readUInt32LE(0);
  const states = headLength + 8 * count;
  const ids = JSON.parse(block.toString('utf8', states + count)) as string[];
  for (const [at, id] of ids.entries()) {
    book.restore(id, block.readDoubleLE(headLength + 8 * at), block[states + at] as number);
  }
}
