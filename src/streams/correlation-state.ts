import { OverpunchError } from '../errors.ts';
import type { Correlation } from './correlation.ts';
import type { CorrelationAccount } from './correlation-account.ts';
import type { IdentityGeneration } from './identity-generation.ts';
import type { InputState } from './input-clock.ts';
import type { OpenFrames } from './open-frames.ts';
import { numberOfOpenKey } from './open-key.ts';
import { ruleText } from './rule-text.ts';
import { ByteReader, ByteWriter } from './state-bytes.ts';
import { type StateChange, type StateEntry, stateKinds } from './state-entry.ts';

/** 2: identities lie in shorter generations than in 1. 3: and in blocks of several. 4: open entries lie in blocks. */
const version = 4;
const generationsPerBlock = 16; // where time is part of identities, so that generations are short: a quarter of the time they are known for
const identityBytes = 25; // of a key that is a number, a sequence and a time

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
 * | 2, number | open entries with their frames, and what closed of those before: `OpenFrames` |
 * | 3, direction, stretch, bytes of it before these | identities of a stretch of generations that became known between two commits |
 *
 * Identities are only ever added, in blocks, and deleted a stretch at a time. A block is, for each generation: whether all keys are whole numbers from 0 to 2^53 (0:
 * then a key is its number alone), how many there are, and of each the key, the sequence and the time.
 */
export class CorrelationState {
  private readonly core: Correlation;
  private readonly frames: OpenFrames;
  private readonly perStretch: number;
  /** By direction and number. */
  private readonly stretches: readonly [Map<number, Stretch>, Map<number, Stretch>] = [new Map(), new Map()];

  constructor(core: Correlation, frames: OpenFrames) {
    this.core = core;
    this.frames = frames;
    this.perStretch = core.rule.timeInIdentity ? generationsPerBlock : 1;
  }

  changes(): readonly StateChange[] {
    const changes: StateChange[] = [{ key: Uint8Array.of(stateKinds.control), value: this.control() }];
    this.frames.changes(changes);
    for (const direction of [0, 1] as const) this.identityChanges(direction, changes);
    return changes;
  }

  snapshot(): readonly StateEntry[] {
    const control: StateEntry = { key: Uint8Array.of(stateKinds.control), value: this.control() };
    const entries: StateEntry[] = [control, ...this.frames.snapshot()];
    for (const direction of [0, 1] as const) {
      const writers = new Map<number, ByteWriter>();
      for (const generation of this.core.known[direction].generations.values()) {
        this.writeIdentities(generation, 0, writers);
      }
      for (const [number, writer] of writers)
        entries.push({ key: blockKey(direction, number, 0), value: writer.finish() });
    }
    return entries;
  }

  restore(state: Iterable<StateEntry>): void {
    const blocks: { direction: 0 | 1; number: number; start: number; value: Uint8Array }[] = [];
    let control: CorrelationControl | null = null;
    for (const { key, value } of state) {
      const reader = new ByteReader(key);
      const kind = reader.byte();
      if (kind === stateKinds.control) control = this.restoreControl(value);
      else if (kind === stateKinds.open) this.frames.found(numberOfOpenKey(key), value);
      else {
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
    this.frames.reopen();
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
      writer = new ByteWriter(9 + identityBytes * (generation.count - from));
      writers.set(stretch, writer);
    }
    const count = generation.count - from;
    const isPlain = !generation.hasNumberedKeys;
    writer.reserve(9 + identityBytes * count);
    writer.byte(isPlain ? 0 : 1);
    writer.number(count);
    for (let at = from; at < generation.count; at++) {
      const entry = generation.entry(at);
      if (isPlain) writer.number(records.key(entry));
      else writer.key(keys.keyOf(records.key(entry)));
      writer.number(records.sequence(entry));
      writer.number(records.time(entry));
    }
  }

  private restoreBlock(direction: 0 | 1, number: number, start: number, value: Uint8Array): void {
    const reader = new ByteReader(value);
    while (!reader.atEnd) {
      const isPlain = reader.byte() === 0;
      for (let left = reader.number(); left > 0; left--) {
        this.core.remember(direction, isPlain ? reader.number() : reader.key(), reader.number(), reader.number());
      }
    }
    this.noteBlock(direction, number, start, value);
  }

  private noteBlock(direction: 0 | 1, number: number, start: number, value: Uint8Array): void {
    const stretch = this.stretches[direction].get(number) ?? { starts: [], bytes: 0 };
    stretch.starts.push(start);
    stretch.bytes = start + value.length;
    this.stretches[direction].set(number, stretch);
  }
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}

function blockKey(direction: number, stretch: number, start: number): Uint8Array {
  const writer = new ByteWriter(18);
  writer.byte(stateKinds.identities);
  writer.byte(direction);
  writer.number(stretch);
  writer.number(start);
  return writer.finish();
}
