import { missingBlock, OpenBlock, rowLength } from './open-block.ts';
import { openKey } from './open-key.ts';
import type { StoredState } from './state-entry.ts';

/** Frames that were opened between two commits. */
export interface FrameBlock {
  /** Rises by one from block to block; 0: it is in memory only. */
  readonly number: number;
  readonly slot: number;
  /** Bytes. */
  readonly length: number;
  /** By row. */
  readonly entries: Int32Array;
  /** How many of them are open there. */
  live: number;
  /** `null` when it was let go of: it is read from the state. */
  bytes: OpenBlock | null;
  isGone: boolean;
}

/** Slots from this one on are those of blocks. */
const firstSlot = 2;

/** The blocks of open frames, in memory up to a limit: beyond it the oldest are let go of. */
export class FrameBlocks {
  /** From the oldest on, those in memory only last. */
  readonly list: FrameBlock[] = [];
  /** Bytes of all blocks, and of what counts in them. */
  total = 0;
  live = 0;
  private readonly maxMemory: number;
  private readonly stored: StoredState | undefined;
  private readonly slots: (FrameBlock | null)[] = new Array<null>(firstSlot).fill(null);
  private readonly freeSlots: number[] = [];
  /** Bytes of those in memory. */
  private held = 0;
  /** How many blocks from the oldest on were let go of. */
  private letGo = 0;
  private lastRead: FrameBlock | null = null;
  private lastBytes: OpenBlock | null = null;

  /** Without what is `stored`, there is no limit. */
  constructor(maxMemory: number, stored: StoredState | undefined) {
    this.maxMemory = maxMemory;
    this.stored = stored;
  }

  at(slot: number): FrameBlock {
    return this.slots[slot] as FrameBlock;
  }

  /** Add a block behind all others. */
  add(number: number, bytes: OpenBlock, entries: Int32Array): FrameBlock {
    const slot = this.freeSlots.pop() ?? this.slots.length;
    const { length } = bytes;
    const block: FrameBlock = { number, slot, length, entries, live: 0, bytes, isGone: false };
    this.slots[slot] = block;
    this.list.push(block);
    this.total += length;
    this.held += length;
    return block;
  }

  /** Take the oldest block off the list. */
  shift(): void {
    this.list.shift();
    if (this.letGo > 0) this.letGo--;
  }

  /** Forget a block that is in the list no longer. */
  remove(block: FrameBlock): void {
    this.total -= block.length;
    if (block.bytes !== null) this.held -= block.length;
    block.isGone = true;
    this.slots[block.slot] = null;
    this.freeSlots.push(block.slot);
  }

  /** A frame of so many bytes is open in a block. */
  opened(block: FrameBlock, size: number): void {
    block.live++;
    this.live += rowLength + size;
  }

  /** It is no longer. */
  closed(block: FrameBlock, size: number): void {
    block.live--;
    this.live -= rowLength + size;
  }

  /** The frame of a row, as a view. */
  frame(block: FrameBlock, row: number): Uint8Array {
    return (block.bytes ?? this.readAgain(block)).frame(row);
  }

  /** Let go of the oldest blocks until the limit is kept: all of them are part of the state by now. */
  spill(): void {
    if (this.stored === undefined) return;
    for (; this.held > this.maxMemory && this.letGo < this.list.length; this.letGo++) {
      const block = this.list[this.letGo] as FrameBlock;
      if (block.bytes === null) continue;
      block.bytes = null;
      this.held -= block.length;
    }
  }

  /** Read a block from the state. Throws STATE_CORRUPT when it is not there. */
  read(number: number): OpenBlock {
    const value = this.stored?.(openKey(number));
    if (value === undefined) throw missingBlock(number);
    return new OpenBlock(value);
  }

  private readAgain(block: FrameBlock): OpenBlock {
    if (this.lastRead !== block || this.lastBytes === null) {
      this.lastBytes = this.read(block.number);
      this.lastRead = block;
    }
    return this.lastBytes;
  }
}
