import { OverpunchError } from '../errors.ts';
import type { Correlation } from './correlation.ts';
import type { CorrelationAccount } from './correlation-account.ts';
import type { IdentityGeneration } from './identity-generation.ts';
import type { InputState } from './input-clock.ts';
import type { PendingFrames } from './pending-frames.ts';
import { ruleText } from './rule-text.ts';
import { ByteReader, ByteWriter } from './state-bytes.ts';

/** One piece of the state: bytes by a key. */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** A piece of the state that is new or different, or gone (`null`). */
export interface StateChange {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

/** Looks up a piece of the state as it was committed last; `undefined` when it is not there. */
export type StoredState = (key: Uint8Array) => Uint8Array | undefined;

/** 2: identities lie in shorter generations than in 1. 3: and in blocks of several. */
const version = 3;
const generationsPerBlock = 16; // where time is part of identities, so that generations are short: a quarter of the time they are known for
const identityBytes = 25; // of a key that is a number, a sequence and a time
const usualIdentities = 128; // of a stretch in a commit
/** First bytes of keys: the control record, open entries, blocks of identities. */
export const stateKinds = { control: 1, open: 2, identities: 3 } as const;

/** What the control record holds, as JSON; infinite times are `null`. */
export interface CorrelationControl {
  readonly version: number;
  readonly rule: string;
  readonly watermark: number | 'end' | null;
  readonly inputs: readonly { readonly input: number; readonly largest: number | null; readonly idle: boolean }[];
  readonly account: CorrelationAccount;
}

/** The identities of several generations as they were committed. */
interface Stretch {
  /** How many bytes are before each of its blocks. */
  readonly starts: number[];
  bytes: number;
}

/**
 * The state of a correlation as bytes, and what of it changed.
 *
 * | key | value |
 * |---|---|
 * | 1 | control record: version, settings, watermark, inputs, account |
 * | 2, position | an open entry with its frame |
 * | 3, direction, stretch, bytes of it before these | identities of a stretch of generations that became known between two commits |
 *
 * Identities are only ever added, in blocks, and deleted a stretch at a time.
 */
export class CorrelationState {
  private readonly core: Correlation;
  private readonly frames: PendingFrames;
  private readonly durable: boolean;
  private readonly stored: StoredState | undefined;
  /** Entries opened since the last commit and their positions; of this batch from `detached` on. */
  private openedEntries: number[] = [];
  private openedPositions: number[] = [];
  private detached = 0;
  /** By entry: whether what is open there was committed. */
  private committed = new Uint8Array(64);
  /** Positions of committed entries that closed since. */
  private removed: number[] = [];
  private readonly perStretch: number;
  /** By direction and number. */
  private readonly stretches: readonly [Map<number, Stretch>, Map<number, Stretch>] = [new Map(), new Map()];

  constructor(core: Correlation, frames: PendingFrames, durable: boolean, stored: StoredState | undefined) {
    this.core = core;
    this.frames = frames;
    this.durable = durable;
    this.stored = stored;
    this.perStretch = core.rule.timeInIdentity ? generationsPerBlock : 1;
  }

  /** Hear that an entry was opened, or has another frame. */
  opened(entry: number, position: number): void {
    this.openedEntries.push(entry);
    this.openedPositions.push(position);
  }

  /** Hear that the frame at this position is no longer open. */
  closed(entry: number, position: number): void {
    if (this.committed[entry] !== 1) return;
    this.committed[entry] = 0;
    this.removed.push(position);
  }

  /** At the end of a batch: let go of the memory its bytes lie in. */
  detach(): void {
    const { openedEntries, openedPositions } = this;
    let kept = this.detached;
    for (let at = this.detached; at < openedEntries.length; at++) {
      const entry = openedEntries[at] as number;
      if (this.core.records.position(entry) !== openedPositions[at]) continue;
      this.frames.detach(entry);
      openedEntries[kept] = entry;
      openedPositions[kept++] = openedPositions[at] as number;
    }
    if (!this.durable) kept = 0;
    openedEntries.length = kept;
    openedPositions.length = kept;
    this.detached = kept;
  }

  changes(): readonly StateChange[] {
    const changes: StateChange[] = [{ key: Uint8Array.of(stateKinds.control), value: this.control() }];
    for (const position of this.removed) changes.push({ key: openKey(position), value: null });
    this.removed = [];
    const { records } = this.core;
    for (const [at, entry] of this.openedEntries.entries()) {
      const position = this.openedPositions[at] as number;
      if (records.position(entry) !== position || this.committed[entry] === 1) continue;
      this.setCommitted(entry);
      changes.push({ key: openKey(position), value: this.openValue(entry) });
    }
    this.openedEntries = [];
    this.openedPositions = [];
    this.detached = 0;
    this.frames.spill();
    for (const direction of [0, 1] as const) this.identityChanges(direction, changes);
    return changes;
  }

  snapshot(): readonly StateEntry[] {
    const entries: StateEntry[] = [{ key: Uint8Array.of(stateKinds.control), value: this.control() }];
    const { known, records } = this.core;
    for (const direction of [0, 1] as const) {
      const writers = new Map<number, ByteWriter>();
      for (const generation of known[direction].generations.values()) {
        this.writeIdentities(generation, 0, writers);
        for (let at = 0; at < generation.count; at++) {
          const entry = generation.entry(at);
          if (!records.isOpen(entry)) continue;
          entries.push({ key: openKey(records.position(entry)), value: this.openValue(entry) });
        }
      }
      for (const [number, writer] of writers)
        entries.push({ key: blockKey(direction, number, 0), value: writer.finish() });
    }
    return entries;
  }

  restore(state: Iterable<StateEntry>): void {
    const blocks: { direction: 0 | 1; number: number; start: number; value: Uint8Array }[] = [];
    const open: { position: number; value: Uint8Array | null }[] = [];
    let bytes = 0;
    let control: CorrelationControl | null = null;
    for (const { key, value } of state) {
      const reader = new ByteReader(key);
      const kind = reader.byte();
      if (kind === stateKinds.control) control = this.restoreControl(value);
      else if (kind === stateKinds.open) {
        bytes += value.length;
        const isKept = this.stored === undefined || bytes <= this.core.rule.maxMemory;
        open.push({ position: reader.number(), value: isKept ? value : null });
      } else {
        const direction = reader.byte() === 0 ? 0 : 1;
        blocks.push({ direction, number: reader.number(), start: reader.number(), value });
      }
    }
    blocks.sort((one, other) => one.start - other.start);
    for (const block of blocks) this.restoreBlock(block.direction, block.number, block.start, block.value);
    for (const known of this.core.known) {
      for (const generation of known.generations.values()) generation.saved = generation.count;
      known.forget(this.core.watermark); // a stretch is kept until the last of its generations is passed
    }
    for (const { position, value } of open) {
      this.restoreOpen(position, value ?? storedAt(this.stored, position));
    }
    if (control === null && (blocks.length > 0 || this.core.open.count > 0)) {
      throw new OverpunchError('STATE_INCOMPATIBLE', 'the state has no control record');
    }
  }

  private control(): Uint8Array {
    const { counters, inputs, openOf, rule, watermark } = this.core;
    const control: CorrelationControl = {
      version,
      rule: ruleText(rule),
      watermark: watermark === Number.POSITIVE_INFINITY ? 'end' : finite(watermark),
      inputs: inputs.states().map((input) => ({ ...input, largest: finite(input.largest) })),
      account: counters.account(openOf[0] as number, openOf[1] as number),
    };
    return new TextEncoder().encode(JSON.stringify(control));
  }

  private restoreControl(value: Uint8Array): CorrelationControl {
    const control = JSON.parse(new TextDecoder().decode(value)) as CorrelationControl;
    const expected = ruleText(this.core.rule);
    if (control.version !== version || control.rule !== expected) {
      throw new OverpunchError(
        'STATE_INCOMPATIBLE',
        `the state is of version ${control.version} with ${control.rule}, this is version ${version} with ${expected}`,
        { hint: 'close what is open with --drain and start again, or start with an empty data directory' },
      );
    }
    const none = Number.NEGATIVE_INFINITY;
    this.core.watermark = control.watermark === 'end' ? Number.POSITIVE_INFINITY : (control.watermark ?? none);
    const inputs: InputState[] = control.inputs.map((input) => ({ ...input, largest: input.largest ?? none }));
    this.core.inputs.restore(inputs);
    this.core.counters.restore(control.account);
    return control;
  }

  private openValue(entry: number): Uint8Array {
    const { keys, records } = this.core;
    const bytes = this.frames.get(entry, records.position(entry));
    const writer = new ByteWriter(1 + identityBytes + bytes.length);
    writer.byte(records.direction(entry));
    writer.key(keys.keyOf(records.key(entry)));
    writer.number(records.sequence(entry));
    writer.number(records.time(entry));
    writer.bytes(bytes);
    return writer.finish();
  }

  private restoreOpen(position: number, value: Uint8Array): void {
    const { direction, key, sequence, time, bytes } = openEntry(value);
    const entry = this.core.reopen(direction, key, sequence, time, position, bytes.length);
    this.frames.put(entry, bytes);
    this.frames.spill();
    this.setCommitted(entry);
  }

  /** What became known, as a block for each stretch, and the blocks of the stretches that are forgotten. */
  private identityChanges(direction: 0 | 1, changes: StateChange[]): void {
    const stretches = this.stretches[direction];
    const live = new Set<number>();
    const writers = new Map<number, ByteWriter>();
    for (const generation of this.core.known[direction].generations.values()) {
      live.add(this.stretchOf(generation.number));
      if (generation.saved === generation.count) continue;
      this.writeIdentities(generation, generation.saved, writers);
      generation.saved = generation.count;
    }
    for (const [number, { starts }] of stretches) {
      if (live.has(number)) continue;
      for (const start of starts) changes.push({ key: blockKey(direction, number, start), value: null });
      stretches.delete(number);
    }
    for (const [number, writer] of writers) {
      const value = writer.finish();
      const start = stretches.get(number)?.bytes ?? 0;
      changes.push({ key: blockKey(direction, number, start), value });
      this.noteBlock(direction, number, start, value);
    }
  }

  private stretchOf(generation: number): number {
    return Math.floor(generation / this.perStretch);
  }

  /** Write the identities of a generation from one on to the writer of its stretch. */
  private writeIdentities(generation: IdentityGeneration, from: number, writers: Map<number, ByteWriter>): void {
    const { keys, records } = this.core;
    const stretch = this.stretchOf(generation.number);
    let writer = writers.get(stretch);
    if (writer === undefined) {
      writer = new ByteWriter(usualIdentities * identityBytes);
      writers.set(stretch, writer);
    }
    for (let at = from; at < generation.count; at++) {
      const entry = generation.entry(at);
      writer.key(keys.keyOf(records.key(entry)));
      writer.number(records.sequence(entry));
      writer.number(records.time(entry));
    }
  }

  private restoreBlock(direction: 0 | 1, number: number, start: number, value: Uint8Array): void {
    const reader = new ByteReader(value);
    while (!reader.atEnd) this.core.remember(direction, reader.key(), reader.number(), reader.number());
    this.noteBlock(direction, number, start, value);
  }

  private noteBlock(direction: 0 | 1, number: number, start: number, value: Uint8Array): void {
    const stretch = this.stretches[direction].get(number) ?? { starts: [], bytes: 0 };
    stretch.starts.push(start);
    stretch.bytes = start + value.length;
    this.stretches[direction].set(number, stretch);
  }

  private setCommitted(entry: number): void {
    if (entry >= this.committed.length) {
      const longer = new Uint8Array(Math.max(2 * this.committed.length, entry + 1));
      longer.set(this.committed);
      this.committed = longer;
    }
    this.committed[entry] = 1;
  }
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}

function openKey(position: number): Uint8Array {
  const writer = new ByteWriter(9);
  writer.byte(stateKinds.open);
  writer.number(position);
  return writer.finish();
}

function openEntry(value: Uint8Array): {
  direction: 0 | 1;
  key: string | number;
  sequence: number;
  time: number;
  bytes: Uint8Array;
} {
  const reader = new ByteReader(value);
  const direction = reader.byte() === 0 ? 0 : 1;
  return { direction, key: reader.key(), sequence: reader.number(), time: reader.number(), bytes: reader.rest() };
}

/** Get the bytes of the frame that is open at a position. Throws STATE_CORRUPT when it is not in the state. */
export function committedFrame(stored: StoredState, position: number): Uint8Array {
  return openEntry(storedAt(stored, position)).bytes;
}

function storedAt(stored: StoredState | undefined, position: number): Uint8Array {
  const value = stored?.(openKey(position));
  if (value !== undefined) return value;
  throw new OverpunchError('STATE_CORRUPT', `the open frame at position ${position} is not in the state`);
}

function blockKey(direction: number, stretch: number, start: number): Uint8Array {
  const writer = new ByteWriter(18);
  writer.byte(stateKinds.identities);
  writer.byte(direction);
  writer.number(stretch);
  writer.number(start);
  return writer.finish();
}
