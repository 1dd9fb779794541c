import type { Catalog } from '../frames/catalog/catalog.ts';
import { CaptureBlock } from './capture-block.ts';
import { type Damage, damagers } from './damage.ts';
import { EventQueue } from './event-queue.ts';
import type { Random } from './random.ts';
import type { TrafficSettings } from './traffic-options.ts';
import { type TruthEntry, TruthLog } from './truth-log.ts';
import type { Envelope, WireForm } from './wire-form.ts';

const blockSize = 1024 * 1024;
const disturbed = 1 / 8; // of all frames are captured later than those after them
const longestNoise = 200;
const noTruth = new Uint8Array(0);

/** A piece of a capture, and the truth lines that are settled by then. */
export interface TrafficBlock {
  /** Both are valid until the next block is asked for. */
  readonly capture: Uint8Array;
  /** Lines of JSON. */
  readonly truth: Uint8Array;
}

/** What was generated. */
export interface TrafficTally {
  frames: number;
  /** Frames by type name. */
  readonly types: Map<string, number>;
  noise: number;
  bytes: number;
  duplicates: number;
  retransmissions: number;
  late: number;
  missing: number;
  orphans: number;
  malformed: number;
}

/** A frame that is captured later than it was sent. */
interface Delayed {
  readonly bytes: Uint8Array;
  readonly truth: TruthEntry | null;
  readonly wire: WireForm;
}

/**
 * The line that frames go over, and the tap that captures them: there they are delayed, doubled, damaged and mixed with noise. Times are
 * microseconds since the start of the traffic.
 */
export class TappedLine {
  readonly tally: TrafficTally = {
    frames: 0,
    types: new Map(),
    noise: 0,
    bytes: 0,
    duplicates: 0,
    retransmissions: 0,
    late: 0,
    missing: 0,
    orphans: 0,
    malformed: 0,
  };
  readonly #catalog: Catalog;
  readonly #settings: TrafficSettings;
  readonly #start: number;
  readonly #random: Random;
  readonly #block = new CaptureBlock(blockSize);
  readonly #log: TruthLog | null;
  readonly #late = new EventQueue();
  readonly #delayed = new Map<number, Delayed>();
  readonly #damagers = new Map<WireForm, ReturnType<typeof damagers>>();
  /** Forms that were captured. */
  readonly #wires: WireForm[] = [];
  #delays = 0;
  #captured = 0;

  /** `start` in milliseconds since 1970. */
  constructor(catalog: Catalog, settings: TrafficSettings, start: number, random: Random) {
    this.#catalog = catalog;
    this.#settings = settings;
    this.#start = start;
    this.#random = random;
    this.#log = settings.truth ? new TruthLog() : null;
  }

  /** As many frames are captured as were asked for. */
  get done(): boolean {
    return this.tally.frames >= this.#settings.frames;
  }

  /** When the next delayed frame is captured. */
  get time(): number {
    return this.#late.time;
  }

  /** So much is captured that it should be taken. */
  get full(): boolean {
    // A frame's truth is some ten times as long as the frame.
    return this.#block.used >= (this.#log === null ? blockSize : blockSize / 8);
  }

  /** Take what is captured; in the end with all truth there is. */
  take(end: boolean): TrafficBlock {
    return { capture: this.#block.take(), truth: this.#log?.take(end) ?? noTruth };
  }

  /** Complete the tally. */
  finish(): TrafficTally {
    const { types } = this.tally;
    for (const { type, captured } of this.#wires) types.set(type.name, (types.get(type.name) ?? 0) + captured);
    this.tally.bytes = this.#block.before;
    return this.tally;
  }

  /** Send a frame, with whatever happens to it on the way. */
  send(wire: WireForm, envelope: Envelope, time: number): TruthEntry | null {
    if (this.done) return null;
    const { duplicates, noise, malformed, disorder } = this.#settings;
    const random = this.#random;
    const block = this.#block;
    const at = block.reserve(wire.room);
    let length = wire.write(block.bytes, at, envelope);
    const truth = this.#log === null ? null : this.#log.entry(wire, envelope, length);
    const damage = malformed > 0 && random.chance(malformed) ? this.#damage(wire, at, length) : null;
    if (damage !== null) {
      length = damage.length;
      this.tally.malformed++;
      if (truth !== null) truth.malformed = damage.kind;
    }
    if (truth !== null) truth.length = length;
    // Within a millisecond, which is what event times can tell, order is that of the events.
    const room = disorder * 1000 - 999;
    const delay = room > 1 && random.chance(disturbed) ? random.below(room) : 0;
    const twice = duplicates > 0 && damage === null && random.chance(duplicates);
    const copy = delay > 0 || twice ? block.bytes.slice(at, at + length) : null;
    if (delay > 0 && copy !== null) {
      this.#delay(time + delay, copy, truth, wire);
    } else {
      this.#captured = Math.max(this.#captured, time);
      const offset = block.commit(length, this.#start * 1000 + this.#captured);
      this.#count(wire, truth, offset);
    }
    if (twice && copy !== null) {
      const again = delay + (room > delay + 1 ? random.below(room - delay) : 0);
      this.#delay(time + again, copy, truth === null ? null : (this.#log?.again(truth) ?? null), wire);
      this.tally.duplicates++;
    }
    if (noise > 0 && random.chance(noise)) this.#noise();
    return truth;
  }

  #delay(time: number, bytes: Uint8Array, truth: TruthEntry | null, wire: WireForm): void {
    const number = this.#delays++;
    this.#delayed.set(number, { bytes, truth, wire });
    this.#late.add(time, number);
  }

  /** Write the frames that are captured by a time. */
  writeDelayed(until: number): void {
    while (this.#late.time <= until && !this.done) {
      const time = this.#late.time;
      const number = this.#late.take();
      const delayed = this.#delayed.get(number);
      this.#delayed.delete(number);
      if (delayed === undefined) continue;
      const { bytes, truth, wire } = delayed;
      const at = this.#block.reserve(bytes.length);
      this.#block.bytes.set(bytes, at);
      this.#captured = Math.max(this.#captured, time);
      const offset = this.#block.commit(bytes.length, this.#start * 1000 + this.#captured);
      this.#count(wire, truth, offset);
    }
  }

  #count(wire: WireForm, truth: TruthEntry | null, offset: number): void {
    this.tally.frames++;
    if (wire.captured++ === 0) this.#wires.push(wire);
    if (truth === null) return;
    truth.offset = offset;
    this.#log?.add(truth);
  }

  #damage(wire: WireForm, at: number, length: number): Damage | null {
    let known = this.#damagers.get(wire);
    if (known === undefined) {
      known = damagers(wire, this.#catalog, this.#random);
      this.#damagers.set(wire, known);
    }
    for (let attempt = 0; attempt < 4; attempt++) {
      const damage = known[this.#random.below(known.length)]?.(this.#block.bytes, at, length) ?? null;
      if (damage !== null) return damage;
    }
    return known[0]?.(this.#block.bytes, at, length) ?? null;
  }

  /** Capture bytes that are no frame. */
  #noise(): void {
    if (this.done) return;
    const { header } = this.#catalog;
    const random = this.#random;
    const length = random.between(1, longestNoise);
    const at = this.#block.reserve(length);
    const { bytes } = this.#block;
    for (let index = 0; index < length; index++) bytes[at + index] = random.below(256);
    const { offset, length: size } = header.fields.type;
    if (length >= offset + size) bytes.fill(0xff, at + offset, at + offset + size); // never a type by accident
    this.#block.commit(length, this.#start * 1000 + this.#captured);
    this.tally.noise++;
  }
}
