import type { Issue } from '../codec/issue.ts';
import type { Catalog, FrameType } from '../frames/catalog/catalog.ts';
import {
  type CompiledFrames,
  createCompiledFrames,
  type FrameTraces,
} from '../frames/catalog/create-compiled-frames.ts';
import { createFrameReader } from '../frames/catalog/create-frame-reader.ts';
import type { FrameReader } from '../frames/catalog/frame-reading.ts';
import { frameTrace } from '../frames/catalog/frame-trace.ts';
import { createHeaderReader } from '../frames/header/create-header-reader.ts';
import type { HeaderReader } from '../frames/header/header-reader.ts';
import { DecodedFrame } from './decoded-frame.ts';

const patience = 64; // frames of a type before its decoder is compiled, which takes milliseconds

/** Two frames that belong together. */
export interface FramePair {
  readonly request: { readonly bytes: Uint8Array };
  readonly response: { readonly bytes: Uint8Array };
}

/** Pairs that are decoded, from the one with an index in their batch up to another. Both hold until the next are decoded. */
export interface DecodedPairs {
  readonly from: number;
  readonly to: number;
  /** Let frames be the request and the response of a pair, by its index in the batch. */
  show(index: number, request: DecodedFrame, response: DecodedFrame): void;
}

/** What the header of a frame says; numbers are NaN where nothing says them. */
export interface FrameHeader {
  readonly type: FrameType | null;
  readonly key: string;
  readonly sequence: number;
  readonly time: number;
}

const inputBytes = 1 << 20; // that are decoded at once
const inputFrames = 4096;
const outputBytes = 4 << 20; // lines of a usual batch
const mostOutput = 256 << 20; // beyond that lines are made one by one
const noFrame = new Uint8Array(0);

/**
 * Decodes whole frames of a catalog, those of types that come often with compiled decoders, all others with the frame reader. It is made for
 * one reader at a time.
 */
export class FrameDecoder {
  readonly #catalog: Catalog;
  readonly #view: HeaderReader;
  readonly #reader: FrameReader;
  readonly #compiled: CompiledFrames;
  readonly #traces: FrameTraces;
  /** The memory of the decoders. */
  #lines: DataView = new DataView(new ArrayBuffer(0));
  /** Frames that the compiled decoders left, by their index in the list. */
  readonly #others = new Map<number, DecodedFrame>();

  /** Throws what the copybooks of its types throw. */
  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#view = createHeaderReader(catalog);
    this.#reader = createFrameReader(catalog);
    this.#compiled = createCompiledFrames(catalog, { patience });
    const { space, longest } = this.#compiled;
    space.reserve(Math.max(inputBytes, 2 * longest), inputFrames);
    space.reserveOutput(outputBytes);
    this.#traces = this.#compiled.makeTraces();
  }

  /** Decode pairs, as many at once as there is room for. What it gives holds until the next is asked for. */
  *decode(pairs: readonly FramePair[]): Generator<DecodedPairs> {
    for (let from = 0; from < pairs.length; ) {
      const to = this.#take(pairs, from);
      const show: DecodedPairs['show'] = (index, request, response) => {
        const frame = 2 * (index - from);
        this.#show(frame, request);
        this.#show(frame + 1, response);
      };
      this.#decodeListed(2 * (to - from), (index) => {
        const { request, response } = pairs[from + (index >> 1)] as FramePair;
        return index % 2 === 0 ? request.bytes : response.bytes;
      });
      yield { from, to, show };
      from = to;
    }
  }

  /** Decode a single frame. What came of pairs or of another one before is gone then. */
  decodeOne(bytes: Uint8Array, frame: DecodedFrame): void {
    this.#put(0, 0, bytes);
    this.#decodeListed(1, () => bytes);
    this.#show(0, frame);
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

  /** Put pairs into the list from one on, and give the one behind the last that has room. */
  #take(pairs: readonly FramePair[], from: number): number {
    const { longest } = this.#compiled;
    const most = Math.max(1, this.#traces.room >> 1);
    const limit = Math.max(inputBytes, 2 * longest) - 2 * longest;
    let at = 0;
    let to = from;
    for (; to < pairs.length && to - from < most && at <= limit; to++) {
      const { request, response } = pairs[to] as FramePair;
      const frame = 2 * (to - from);
      at += this.#put(frame, at, request.bytes);
      at += this.#put(frame + 1, at, response.bytes);
    }
    return to;
  }

  /** Put a frame into the list; how many bytes it takes. One that is too long has none there, and is left to the reader. */
  #put(index: number, offset: number, bytes: Uint8Array): number {
    const { space, longest } = this.#compiled;
    const frame = bytes.length > longest ? noFrame : bytes;
    const entry = (space.listAddress >> 2) + 2 * index;
    const { numbers } = space;
    space.bytes.set(frame, space.inputAddress + offset);
    numbers[entry] = offset;
    numbers[entry + 1] = frame.length;
    return frame.length;
  }

  #decodeListed(count: number, bytesOf: (index: number) => Uint8Array): void {
    const compiled = this.#compiled;
    const { space } = compiled;
    this.#others.clear();
    space.clear();
    for (let index = 0; index < count; ) {
      const { done, stopped } = compiled.traceListed(index, count - index);
      index += done;
      if (stopped === 'noted' || index === count) continue;
      const { length } = space.output;
      if (stopped === 'full' && length <= mostOutput) space.reserveOutput(2 * Math.max(length, outputBytes));
      else this.#others.set(index, this.#read(bytesOf(index++)));
    }
    const { buffer } = space.bytes; // it may have grown
    if (buffer !== this.#lines.buffer) this.#lines = new DataView(buffer);
  }

  /** Let a frame be the one with an index in the list. */
  #show(index: number, frame: DecodedFrame): void {
    const other = this.#others.size === 0 ? undefined : this.#others.get(index);
    if (other !== undefined) {
      frame.copy(other);
      return;
    }
    const { bytes, numbers } = this.#compiled.space;
    const at = (this.#traces.address + frameTrace.size * index) >> 2;
    const type = this.#catalog.types[numbers[at + (frameTrace.type >> 2)] as number];
    frame.type = type ?? null;
    frame.line = this.#lines;
    frame.lineFrom = numbers[at + (frameTrace.from >> 2)] as number;
    frame.lineTo = (numbers[at + (frameTrace.to >> 2)] as number) - 1; // without line end
    frame.setPlain(
      bytes,
      numbers[at + (frameTrace.plain >> 2)] as number,
      numbers[at + (frameTrace.length >> 2)] as number,
    );
  }

  /** Decode a frame with the frame reader. */
  #read(bytes: Uint8Array): DecodedFrame {
    const decoded = new DecodedFrame();
    const { type, plain, reading, issues } = this.#reader.read(bytes);
    const errors: readonly Issue[] = issues.filter(({ severity }) => severity === 'error');
    if (type === null || reading === null || errors.length > 0) {
      decoded.refuse(type, errors);
      return decoded;
    }
    decoded.type = type;
    const line = Buffer.from(type.codec().toJson(reading));
    decoded.line = new DataView(line.buffer, line.byteOffset, line.length);
    decoded.lineTo = line.length;
    decoded.setPlain(plain, 0, plain.length, reading);
    return decoded;
  }
}
