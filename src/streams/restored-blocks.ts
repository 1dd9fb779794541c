import { missingBlock, OpenBlock } from './open-block.ts';

/** A block of open frames that is there at a start. */
export interface RestoredBlock {
  readonly number: number;
  /** `null` when it was let go of: it is to be read from the state. */
  bytes: OpenBlock | null;
  /** By row: 1 where the frame closed later on. */
  readonly isClosed: Uint8Array;
}

/** The blocks of open frames that a start finds in the state, in any order, and what closed in them. */
export class RestoredBlocks {
  private readonly maxMemory: number;
  private blocks: RestoredBlock[] = [];
  private closures: (readonly [number: number, row: number])[] = [];
  private held = 0; // bytes
  private letGo = 0;

  /** Blocks beyond so many bytes are let go of. */
  constructor(maxMemory: number) {
    this.maxMemory = maxMemory;
  }

  /** Hear of a block. */
  add(number: number, value: Uint8Array): void {
    const { blocks } = this;
    const block = new OpenBlock(value);
    blocks.push({ number, bytes: block, isClosed: new Uint8Array(block.count) });
    for (let index = 0; index < block.closures; index++) {
      const [back, row] = block.closure(index);
      this.closures.push([number - back, row]);
    }
    this.held += value.length;
    while (this.held > this.maxMemory && this.letGo < blocks.length) {
      const old = blocks[this.letGo++] as RestoredBlock;
      this.held -= old.bytes?.length ?? 0;
      old.bytes = null;
    }
  }

  /** Give all of them, the oldest first, when none is to be added any more. Throws STATE_CORRUPT when one is missing in between. */
  *inOrder(): Generator<RestoredBlock> {
    const { blocks } = this;
    const byNumber = new Map(blocks.map((block) => [block.number, block]));
    for (const [number, row] of this.closures) byNumber.get(number)?.isClosed.fill(1, row, row + 1);
    this.blocks = [];
    this.closures = [];
    blocks.sort((one, other) => one.number - other.number);
    let last = 0;
    for (const block of blocks) {
      if (last > 0 && block.number !== last + 1) throw missingBlock(last + 1);
      last = block.number;
      yield block;
    }
  }
}
