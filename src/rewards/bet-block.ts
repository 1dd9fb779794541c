import type { BetBook } from './bet-book.ts';

const headLength = 4;

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
  const ids = new Array<string>(count);
  for (let at = 0; at < count; at++) ids[at] = book.id(from + at);
  const text = JSON.stringify(ids);
  const states = headLength + 8 * count;
  const block = Buffer.allocUnsafe(states + count + Buffer.byteLength(text));
  block.writeUInt32LE(count, 0);
  for (let at = 0; at < count; at++) {
    block.writeDoubleLE(book.time(from + at), headLength + 8 * at);
    block[states + at] = book.state(from + at);
  }
  block.write(text, states + count);
  return block;
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
