import type { Correlation } from './correlation.ts';
import { type FrameBlock, FrameBlocks } from './frame-blocks.ts';
import { OpenBlock, writeOpenBlock } from './open-block.ts';
import { openKey } from './open-key.ts';
import { type RestoredBlock, RestoredBlocks } from './restored-blocks.ts';
import type { StateChange, StateEntry, StoredState } from './state-entry.ts';

const longestBlock = 1 << 16; // bytes of frames: to read one that was let go of all of its block is read
const slack = 1 << 20; // bytes of the dead that are not worth cleaning
const leastCleaned = 1 << 18; // bytes
const mostReferred = 1 << 20; // bytes of batches that are kept alive until the next commit
const noClosures = { back: [], rows: [] };

/** What a frame has in place of the slot of its block: nothing, or it came since the last commit. */
const nowhere = 0;
const fresh = 1;

/**
 * The bytes of the open entries' frames, by entry, and the part of the state that they are.
 *
 * What was opened and what was closed between two commits is a block, with the bytes of the frames; so a commit writes one value, or several, of 64 KiB of
 * frames, and nothing is looked up. The oldest blocks are deleted when nothing of theirs is open, or when less than half of all the bytes count: then what
 * is open of them goes into the block of that commit. The blocks are in memory, too; beyond a limit the oldest are let go of.
 */
export class OpenFrames {
  private readonly core: Correlation;
  private readonly durable: boolean;
  /** By entry: the slot of its block, and its row there. */
  private places = new Int32Array(128);
  private freshEntries: number[] = [];
  /** `null` when it closed. */
  private freshFrames: (Uint8Array | null)[] = [];
  private freshBytes = 0;
  private readonly blocks: FrameBlocks;
  /** The number of the last block that was committed. */
  private last = 0;
  /** What closed since the last commit: blocks and rows, side by side, because pairs of them would be most of what a commit leaves behind. */
  private closedBlocks: FrameBlock[] = [];
  private closedRows: number[] = [];
  private readonly restored: RestoredBlocks;

  constructor(core: Correlation, durable: boolean, stored: StoredState | undefined) {
    this.core = core;
    this.durable = durable;
    this.blocks = new FrameBlocks(core.rule.maxMemory, stored);
    this.restored = new RestoredBlocks(stored === undefined ? Number.POSITIVE_INFINITY : core.rule.maxMemory);
  }

  /** Keep the frame of an entry that was opened. */
  put(entry: number, bytes: Uint8Array): void {
    if (2 * entry >= this.places.length) this.grow(entry);
    this.places[2 * entry] = fresh;
    this.places[2 * entry + 1] = this.freshEntries.length;
    this.freshEntries.push(entry);
    this.freshFrames.push(bytes);
    this.freshBytes += bytes.length;
  }

  /** Get the frame of an entry that is open no longer. */
  take(entry: number): Uint8Array {
    const slot = this.places[2 * entry] as number;
    const row = this.places[2 * entry + 1] as number;
    this.places[2 * entry] = nowhere;
    if (slot === fresh) {
      const bytes = this.freshFrames[row] as Uint8Array;
      this.freshFrames[row] = null;
      this.freshBytes -= bytes.length;
      return bytes;
    }
    const { blocks } = this;
    const block = blocks.at(slot);
    const bytes = blocks.frame(block, row);
    blocks.closed(block, bytes.length);
    if (this.durable && block.number > 0) {
      this.closedBlocks.push(block);
      this.closedRows.push(row);
    }
    return bytes;
  }

  /** At the end of a batch: let go of the memory its bytes lie in, unless a commit is near. */
  detach(): void {
    let kept = 0;
    for (let at = 0; at < this.freshEntries.length; at++) {
      const bytes = this.freshFrames[at] as Uint8Array | null;
      if (bytes === null) continue;
      const entry = this.freshEntries[at] as number;
      this.freshEntries[kept] = entry;
      this.freshFrames[kept] = bytes;
      this.places[2 * entry + 1] = kept++;
    }
    this.freshEntries.length = kept;
    this.freshFrames.length = kept;
    if (this.durable && this.freshBytes <= mostReferred) return;
    if (!this.durable) this.clean(null);
    this.write(null);
  }

  /** Add what changed since the last commit. */
  changes(changes: StateChange[]): void {
    this.detach();
    const { list } = this.blocks;
    for (let block = list.at(-1); block?.number === 0; block = list.at(-1)) {
      list.pop();
      this.dissolve(block);
    }
    this.clean(changes);
    this.write(changes);
    this.blocks.spill();
  }

  /** Write all that is open. */
  snapshot(): StateEntry[] {
    const all: number[] = [];
    const frames: Uint8Array[] = [];
    for (const block of this.blocks.list) {
      for (const [row, entry] of block.entries.entries()) {
        if (!this.isAt(entry, block, row)) continue;
        all.push(entry);
        frames.push(this.blocks.frame(block, row));
      }
    }
    for (const [at, bytes] of this.freshFrames.entries()) {
      if (bytes === null) continue;
      all.push(this.freshEntries[at] as number);
      frames.push(bytes);
    }
    const values = stretches(frames).map(([from, to]) => {
      return writeOpenBlock(this.core, all.slice(from, to), frames.slice(from, to), noClosures);
    });
    return values.map((value, index) => ({ key: openKey(index + 1), value }));
  }

  /** Hear of a block that was committed; all of them come before `reopen`. */
  found(number: number, value: Uint8Array): void {
    this.restored.add(number, value);
  }

  /** Open again what is open in the blocks that were found. */
  reopen(): void {
    for (const block of this.restored.inOrder()) {
      this.last = block.number;
      this.reopenBlock(block);
      this.blocks.spill();
    }
  }

  private reopenBlock({ number, bytes: kept, isClosed }: RestoredBlock): void {
    const bytes = kept ?? this.blocks.read(number);
    const block = this.blocks.add(number, bytes, new Int32Array(bytes.count));
    let row = 0;
    for (const { direction, key, sequence, time, position } of bytes.rows()) {
      if (isClosed[row] !== 1) {
        const entry = this.core.reopen(direction, key, sequence, time, position, bytes.size(row));
        this.place(entry, block, row, bytes.size(row));
      }
      row++;
    }
  }

  /** Make blocks of what is fresh; `null`: they are in memory only. */
  private write(changes: StateChange[] | null): void {
    const { core, freshEntries: entries } = this;
    const frames = this.freshFrames as Uint8Array[];
    if (changes !== null) this.forgetGone();
    const hasClosures = changes !== null && this.closedRows.length > 0;
    const parts = entries.length === 0 && hasClosures ? [[0, 0] as const] : stretches(frames);
    for (const [from, to] of parts) {
      const number = changes === null ? 0 : this.last + 1;
      const isLast = to === entries.length;
      const closures =
        isLast && hasClosures
          ? { back: this.closedBlocks.map((block) => number - block.number), rows: this.closedRows }
          : noClosures;
      const isWhole = parts.length === 1;
      const value = isWhole
        ? writeOpenBlock(core, entries, frames, closures)
        : writeOpenBlock(core, entries.slice(from, to), frames.slice(from, to), closures);
      const block = this.blocks.add(number, new OpenBlock(value), Int32Array.from(entries.slice(from, to)));
      for (let at = from; at < to; at++) {
        this.place(entries[at] as number, block, at - from, (frames[at] as Uint8Array).length);
      }
      if (changes === null) continue;
      this.last = number;
      changes.push({ key: openKey(number), value });
    }
    this.freshEntries = [];
    this.freshFrames = [];
    this.freshBytes = 0;
    if (changes === null) return;
    this.closedBlocks = [];
    this.closedRows = [];
  }

  /** What closed in blocks that are taken away need not be told. */
  private forgetGone(): void {
    if (!this.closedBlocks.some(({ isGone }) => isGone)) return;
    this.closedRows = this.closedRows.filter((_row, at) => this.closedBlocks[at]?.isGone === false);
    this.closedBlocks = this.closedBlocks.filter(({ isGone }) => !isGone);
  }

  /** Delete the oldest blocks, as long as that is worth its while; what is open of them is fresh then. */
  private clean(changes: StateChange[] | null): void {
    const { blocks } = this;
    let left = Math.max(leastCleaned, 4 * this.freshBytes);
    for (let block = blocks.list[0]; block !== undefined; block = blocks.list[0]) {
      if (block.live > 0 && (left <= 0 || blocks.total <= 2 * blocks.live + slack)) return;
      left -= block.length;
      blocks.shift();
      this.dissolve(block);
      changes?.push({ key: openKey(block.number), value: null });
    }
  }

  /** Take a block away that is in the list no longer; what is open of it is fresh then. */
  private dissolve(block: FrameBlock): void {
    const { blocks } = this;
    for (let row = 0; row < block.entries.length && block.live > 0; row++) {
      const entry = block.entries[row] as number;
      if (!this.isAt(entry, block, row)) continue;
      const bytes = blocks.frame(block, row);
      blocks.closed(block, bytes.length);
      this.put(entry, bytes);
    }
    blocks.remove(block);
  }

  private place(entry: number, block: FrameBlock, row: number, size: number): void {
    if (2 * entry >= this.places.length) this.grow(entry);
    this.places[2 * entry] = block.slot;
    this.places[2 * entry + 1] = row;
    block.entries[row] = entry;
    this.blocks.opened(block, size);
  }

  private isAt(entry: number, block: FrameBlock, row: number): boolean {
    return this.places[2 * entry] === block.slot && this.places[2 * entry + 1] === row;
  }

  private grow(entry: number): void {
    const longer = new Int32Array(Math.max(2 * this.places.length, 2 * (entry + 1)));
    longer.set(this.places);
    this.places = longer;
  }
}

/** Where to cut frames so that no stretch of several has more bytes than a block. */
function stretches(frames: readonly Uint8Array[]): (readonly [from: number, to: number])[] {
  const parts: (readonly [number, number])[] = [];
  let from = 0;
  let bytes = 0;
  for (let at = 0; at < frames.length; at++) {
    const { length } = frames[at] as Uint8Array;
    if (at > from && bytes + length > longestBlock) {
      parts.push([from, at]);
      from = at;
      bytes = 0;
    }
    bytes += length;
  }
  if (frames.length > from) parts.push([from, frames.length]);
  return parts;
}
