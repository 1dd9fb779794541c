import type { Issue } from '../codec/issue.ts';
import { type BodyCompressor, bodyCompressor } from '../frames/catalog/body-compressor.ts';
import type { Catalog, FrameType } from '../frames/catalog/catalog.ts';
import { type CompiledFrames, createCompiledFrames } from '../frames/catalog/create-compiled-frames.ts';
import { createFrameReader } from '../frames/catalog/create-frame-reader.ts';
import type { EventFrame } from '../frames/catalog/event-builder.ts';
import type { FrameReader } from '../frames/catalog/frame-reading.ts';
import { headCheck } from '../frames/catalog/head-check.ts';
import { createHeaderReader } from '../frames/header/create-header-reader.ts';
import type { HeaderReader } from '../frames/header/header-reader.ts';

const patience = 64; // frames of a type before its decoder is compiled, which takes milliseconds

/** A frame that was decoded whole, or what is wrong with it. */
export interface DecodedFrame {
  readonly type: FrameType | null;
  /** Header and body as JSON: these bytes from `from` to `to`; `null`: those of the decoder. */
  readonly json: Buffer | null;
  readonly from: number;
  readonly to: number;
  /** Errors, when it does not decode; empty otherwise. */
  readonly issues: readonly Issue[];
  /** The same for the events of its type; `null` for types without. */
  readonly forEvents: EventFrame | null;
}

/** What the header of a frame says; numbers are NaN where nothing says them. */
export interface FrameHeader {
  readonly type: FrameType | null;
  readonly key: string;
  readonly sequence: number;
  readonly time: number;
}

const noIssues: readonly Issue[] = [];
const nothing = Buffer.alloc(0);
const outputBytes = 4 << 20; // lines of a usual batch
const mostOutput = 256 << 20; // beyond that lines are made one by one

/**
 * Decodes whole frames of a catalog, those of types that come often with compiled decoders, all others with the frame reader. It is made for
 * one reader at a time.
 */
export class FrameDecoder {
  readonly #catalog: Catalog;
  readonly #view: HeaderReader;
  readonly #reader: FrameReader;
  readonly #compiled: CompiledFrames;
  readonly #isCompressed: (type: FrameType) => boolean;
  readonly #withEvents: ReadonlySet<FrameType>;
  readonly #compressors = new Map<FrameType, BodyCompressor | null>();

  /** `withEvents` are the types of which events are made, alone or as a part of pairs. */
  constructor(catalog: Catalog, withEvents: ReadonlySet<FrameType>) {
    this.#catalog = catalog;
    this.#view = createHeaderReader(catalog);
    this.#reader = createFrameReader(catalog);
    this.#compiled = createCompiledFrames(catalog, { patience });
    this.#compiled.space.reserve(this.#compiled.longest, 1);
    this.#compiled.space.reserveOutput(outputBytes);
    this.#isCompressed = headCheck(catalog, this.#view).isCompressed;
    this.#withEvents = withEvents;
  }

  /** Forget the lines that were made so far. */
  begin(): void {
    this.#compiled.space.clear();
  }

  /** Where lines without bytes of their own are; holds until the next frame is decoded. */
  get lines(): Buffer {
    return this.#compiled.space.bytes;
  }

  /**
   * Decode a frame; its line holds until `begin`. Throws what the copybook of its type throws when it is read first.
   */
  decode(bytes: Uint8Array): DecodedFrame {
    return this.#fast(bytes) ?? this.#plain(bytes);
  }

  /** What the header of a frame says, which is not decoded. */
  head(bytes: Uint8Array): FrameHeader {
    const view = this.#view;
    view.at(bytes, 0);
    const { sequence, time } = view;
    return { type: this.#catalog.types[view.type] ?? null, key: view.keyText(), sequence, time };
  }

  keyOf(bytes: Uint8Array): string {
    this.#view.at(bytes, 0);
    return this.#view.keyText();
  }

  #fast(bytes: Uint8Array): DecodedFrame | null {
    const compiled = this.#compiled;
    const { space } = compiled;
    if (bytes.length > compiled.longest) return null;
    space.bytes.set(bytes, space.inputAddress);
    const entry = space.listAddress >> 2;
    space.numbers[entry] = 0;
    space.numbers[entry + 1] = bytes.length;
    let from = space.outAddress;
    let result = compiled.decodeListed(0, 1);
    while (result.stopped === 'full') {
      const { length } = space.output;
      if (length > mostOutput) return null;
      space.reserveOutput(2 * Math.max(length, outputBytes));
      from = space.outAddress;
      result = compiled.decodeListed(0, 1);
    }
    if (result.done === 0) return null;
    const to = space.outAddress - 1; // without line end
    this.#view.at(bytes, 0);
    const type = this.#catalog.types[this.#view.type] ?? null;
    const forEvents = type !== null && this.#withEvents.has(type) ? this.#forEvents(bytes, type) : null;
    return { type, json: null, from, to, issues: noIssues, forEvents };
  }

  #plain(bytes: Uint8Array): DecodedFrame {
    const frame = this.#reader.read(bytes);
    const { type, reading, issues } = frame;
    const errors = issues.filter(({ severity }) => severity === 'error');
    if (type === null || reading === null || errors.length > 0) {
      return { type, json: nothing, from: 0, to: 0, issues: errors, forEvents: null };
    }
    const json = Buffer.from(type.codec().toJson(reading));
    const forEvents = this.#withEvents.has(type) ? frame : null;
    return { type, json, from: 0, to: json.length, issues: noIssues, forEvents };
  }

  /** The frame in view, for events. */
  #forEvents(bytes: Uint8Array, type: FrameType): EventFrame {
    const view = this.#view;
    const { sequence, time } = view;
    const key = view.keyText();
    const compressor = this.#isCompressed(type) ? this.#compressorOf(type) : null;
    const plain = compressor === null ? bytes : compressor.decompress(bytes);
    return {
      type,
      key,
      sequence: Number.isNaN(sequence) ? null : sequence,
      time: Number.isNaN(time) ? null : time,
      plain,
    };
  }

  #compressorOf(type: FrameType): BodyCompressor | null {
    let found = this.#compressors.get(type);
    if (found === undefined) {
      const { compression } = type;
      found = compression === null ? null : bodyCompressor(compression, this.#catalog.header.length, type.codec());
      this.#compressors.set(type, found);
    }
    return found;
  }
}
