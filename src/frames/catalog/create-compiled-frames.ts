import {
  type CompiledDecoder,
  createCompiledDecoder,
  type RunResult,
} from '../../codec/compiled/create-compiled-decoder.ts';
import { DecodingSpace } from '../../codec/compiled/decoding-space.ts';
import { type WebAssemblyApi, webAssembly } from '../../codec/compiled/wasm/web-assembly.ts';
import type { Codec } from '../../codec/create-codec.ts';
import type { Issue } from '../../codec/issue.ts';
import { OverpunchError } from '../../errors.ts';
import { type FrameExpanders, frameExpanders } from '../compression/frame-expanders.ts';
import { createHeaderReader } from '../header/create-header-reader.ts';
import type { HeaderReader } from '../header/header-reader.ts';
import { bodyCompressor } from './body-compressor.ts';
import { type BodyExpander, bodyExpander } from './body-expander.ts';
import type { Catalog, FrameType } from './catalog.ts';
import { createFrameLoop, type FrameLoop } from './frame-loop.ts';
import { frameTrace } from './frame-trace.ts';
import { type HeadCheck, headCheck } from './head-check.ts';

/** How frames are decoded. */
export interface CompiledFramesOptions {
  /** Where to work. Default: a space of its own. */
  readonly space?: DecodingSpace | undefined;
  /** The WebAssembly that the space and the decoders are for; `null`: decoders in JavaScript. Default: that of this engine. */
  readonly api?: WebAssemblyApi | null | undefined;
  /** Frames of a type that are unusual before its decoder is compiled, which takes milliseconds. Default 0. */
  readonly patience?: number | undefined;
  /** Whether frames of a type are wanted; all others are unusual. Default: all are. */
  readonly wants?: ((type: FrameType) => boolean) | undefined;
  /** What takes frames to the decoders of their types: the former where it can. Default: `webassembly`. */
  readonly loop?: 'webassembly' | 'javascript' | undefined;
  /** Is told when a type cannot be compiled, and why. */
  readonly refuse?: ((type: FrameType, reason: string) => void) | undefined;
}

/**
 * Decodes frames without errors to lines of JSON: header and plain body as one record, byte for byte the line of what the frame reader
 * of the same catalog reads.
 *
 * A type's decoder is compiled when frames of it have come. All of them work in one space.
 */
export interface CompiledFrames {
  readonly space: DecodingSpace;
  /** Bytes of the longest frame as it is sent. */
  readonly longest: number;
  /**
   * Decode `count` frames of the space's list from the one with index `first` on. What the list says must lie in the input. `noted`: there
   * are `notes` about the last frame that is done. `unusual`: something is wrong with the next frame, or its type is not compiled; it is
   * left to the frame reader.
   */
  decodeListed(first: number, count: number): RunResult;
  /**
   * The same for frames with indexes below `traceRoom`, of which there is a trace each then: see `frameTrace`. It is good until a frame with
   * the same index is decoded.
   */
  traceListed(first: number, count: number): RunResult;
  /**
   * Make traces for the frames of the space's list, and room to keep their plain bodies: for as many as find room in 16 MiB, and for two at least. Throws what
   * copybooks of compressed types throw.
   */
  makeTraces(): FrameTraces;
  /** The issues of the last frame that is done, all of them notes, when the last run stopped as `noted`. */
  readonly notes: readonly Issue[];
  /** Tell how many frames of which types, and of how many bytes as sent, were decoded since the last call. */
  takeCounts(take: (type: FrameType, frames: number, bytes: number) => void): void;
}

/**
 * Make the decoder of a protocol's frames. Throws what the header reader throws for options, and a RangeError where there is no
 * WebAssembly.
 */
export function createCompiledFrames(catalog: Catalog, options: CompiledFramesOptions = {}): CompiledFrames {
  return new TypedFrames(catalog, options);
}

/** Where the traces are. */
export interface FrameTraces {
  readonly address: number;
  /** How many there are. */
  readonly room: number;
}

const mostPlain = 16 << 20; // bytes of plain frames that are kept
const bodyMargin = 128; // bytes that decompression may write behind a body
const loopPatience = 32; // as many frames as 32 types may wait for: the loop is worth less than their decoders

/** A type whose decoder is compiled. */
interface Prepared {
  readonly type: FrameType;
  readonly decoder: CompiledDecoder;
  /** `null` when frames of the type are never compressed. */
  readonly body: BodyExpander | null;
  /** What they are in the loop, plain and compressed: 0 is none yet. */
  readonly kinds: { plain: number; compressed: number };
  /** Frames that were decoded without the loop. */
  frames: number;
  /** As sent. */
  bytes: number;
}

class TypedFrames implements CompiledFrames {
  readonly space: DecodingSpace;
  readonly longest: number;
  readonly #api: WebAssemblyApi | null;
  readonly #catalog: Catalog;
  readonly #view: HeaderReader;
  readonly #check: HeadCheck;
  readonly #patience: number;
  readonly #refuse: CompiledFramesOptions['refuse'];
  /** By type; `null`: not compiled, and it never will be. */
  readonly #prepared: (Prepared | null | undefined)[];
  readonly #unusual: Int32Array; // frames by type, before it is compiled
  #plainAt = 0; // where frames are decompressed
  #plainRoom = 0;
  #plainStep = 0; // bytes from one plain frame with a trace to the next
  #traces: FrameTraces = { address: 0, room: 0 };
  #expanders: FrameExpanders | null | undefined;
  #beforeLoop: number; // frames
  #noting: CompiledDecoder | null = null; // what decoded the last frame
  /** `undefined` until the first type is compiled. */
  #loop: FrameLoop | null | undefined;

  constructor(
    catalog: Catalog,
    { space, api = webAssembly, patience = 0, wants = () => true, loop, refuse }: CompiledFramesOptions,
  ) {
    const { header, types } = catalog;
    this.#api = api;
    this.space = space ?? new DecodingSpace(api);
    this.longest = header.maximumFrame;
    this.#catalog = catalog;
    this.#view = createHeaderReader(catalog);
    this.#check = headCheck(catalog, this.#view);
    this.#patience = patience;
    this.#beforeLoop = loopPatience * patience;
    this.#loop = loop === 'javascript' ? null : undefined;
    this.#refuse = refuse;
    this.#prepared = types.map((type) => (wants(type) ? undefined : null));
    this.#unusual = new Int32Array(types.length);
  }

  get notes(): readonly Issue[] {
    return this.#noting?.notes ?? [];
  }

  decodeListed(first: number, count: number): RunResult {
    return this.#run(first, count, false);
  }

  traceListed(first: number, count: number): RunResult {
    if (first + count > this.#traces.room) throw new RangeError(`there are ${this.#traces.room} traces`);
    return this.#run(first, count, true);
  }

  makeTraces(): FrameTraces {
    const { header, types } = this.#catalog;
    const bodies = types.map((type) => (type.compression === null ? 0 : type.codec().maximumLength));
    this.#makePlainRoom(Math.max(header.length, ...bodies));
    const step = (this.#plainRoom + bodyMargin + 63) & ~63;
    const room = Math.min(this.space.listRoom, Math.max(2, Math.floor(mostPlain / step)));
    this.#plainAt = this.space.allocate(room * step).address;
    this.#plainStep = step;
    this.#traces = { address: this.space.allocate(room * frameTrace.size).address, room };
    return this.#traces;
  }

  #run(first: number, count: number, traced: boolean): RunResult {
    const { space } = this;
    const { inputAddress, listAddress } = space;
    if (first < 0 || count < 0 || first + count > space.listRoom) {
      throw new RangeError(`frames ${first} to ${first + count - 1} are not in the list`);
    }
    for (let done = 0; done < count; done++) {
      if (this.#loop) {
        const index = first + done;
        const trace = traced ? this.#traces.address + frameTrace.size * index : 0;
        const plain = this.#plainAt + (traced ? index * this.#plainStep : 0);
        const { done: more, stopped, decoder } = this.#loop.run(index, count - done, plain, trace, this.#plainStep);
        done += more;
        this.#noting = decoder;
        if (stopped !== 'doubt') return { done, stopped };
      }
      const entry = (listAddress >> 2) + 2 * (first + done);
      const { numbers } = space;
      const trace = traced ? first + done : -1;
      const stopped = this.#decode(inputAddress + (numbers[entry] ?? 0), numbers[entry + 1] ?? 0, trace);
      if (stopped === 'noted') return { done: done + 1, stopped };
      if (stopped !== 'end') return { done, stopped };
    }
    return { done: count, stopped: 'end' };
  }

  takeCounts(take: (type: FrameType, frames: number, bytes: number) => void): void {
    for (const found of this.#prepared) {
      if (found == null) continue;
      let { frames, bytes } = found;
      for (const kind of [found.kinds.plain, found.kinds.compressed]) {
        if (kind === 0 || !this.#loop) continue;
        const looped = this.#loop.takeCounts(kind);
        frames += looped.frames;
        bytes += looped.bytes;
      }
      if (frames > 0) take(found.type, frames, bytes);
      found.frames = 0;
      found.bytes = 0;
    }
  }

  /** Decode one frame, without the loop; `trace` is the index of its trace, −1: none. */
  #decode(address: number, length: number, trace: number): RunResult['stopped'] {
    const view = this.#view;
    const { bytes } = this.space;
    if (length < view.length || !view.at(bytes, address)) return 'unusual';
    const type = this.#catalog.types[view.type];
    if (type === undefined) return 'unusual';
    const sound = this.#check.isSound(length, type);
    if (!sound && this.#isWrong(address, length, type)) return 'unusual';
    const compressed = this.#check.isCompressed(type); // from here on memory may move away from the view
    const known = this.#prepared[type.index];
    const found = known === undefined ? this.#wait(type) : known;
    if (found === null) return 'unusual';
    if (sound) this.#teach(address, found, compressed);
    const stopped = this.#decodeBody(found, compressed, address, length, trace);
    if (stopped !== 'end' && stopped !== 'noted') return stopped;
    found.frames += 1;
    found.bytes += length;
    return stopped;
  }

  #decodeBody(
    { type, decoder, body }: Prepared,
    compressed: boolean,
    address: number,
    length: number,
    trace: number,
  ): RunResult['stopped'] {
    const { space } = this;
    this.#noting = decoder;
    let plain = address;
    let plainLength = length;
    if (body !== null && compressed) {
      plain = this.#plainAt + (trace < 0 ? 0 : trace * this.#plainStep);
      plainLength = body.expand(address, length, plain);
      if (plainLength < 0) return 'unusual';
    }
    const from = space.outAddress;
    const stopped = decoder.decodeAt(plain, plainLength);
    if (trace < 0) return stopped;
    const { numbers } = space;
    const at = (this.#traces.address + frameTrace.size * trace) >> 2;
    numbers[at + (frameTrace.from >> 2)] = from;
    numbers[at + (frameTrace.to >> 2)] = space.outAddress;
    numbers[at + (frameTrace.plain >> 2)] = plain;
    numbers[at + (frameTrace.length >> 2)] = plainLength;
    numbers[at + (frameTrace.type >> 2)] = type.index;
    return stopped;
  }

  /** Let the loop take frames like the sound one at an address, when enough have come. */
  #teach(address: number, { type, decoder, body, kinds }: Prepared, compressed: boolean): void {
    if (this.#loop === null || this.#beforeLoop-- > 0) return;
    this.#loop ??= createFrameLoop(this.#catalog, this.space, this.#api, () => this.#getExpanders());
    if (this.#loop === null) return;
    const how = compressed ? 'compressed' : 'plain';
    kinds[how] ||= this.#loop.addKind(type.index, decoder, compressed ? body : null);
    this.#loop.learn(address, kinds[how]);
  }

  /** Whether what does not look sound, as keys too long for a number do not, has issues. */
  #isWrong(address: number, length: number, type: FrameType): boolean {
    return this.#check.issues(this.space.bytes.subarray(address, address + length), type).length > 0;
  }

  /** Compile the decoder of a type, when enough frames of it have come. */
  #wait(type: FrameType): Prepared | null {
    const before = this.#unusual[type.index] ?? 0;
    if (before < this.#patience) {
      this.#unusual[type.index] = before + 1;
      return null;
    }
    const found = this.#prepare(type);
    if (typeof found === 'string') this.#refuse?.(type, found);
    const prepared = typeof found === 'string' ? null : found;
    this.#prepared[type.index] = prepared;
    return prepared;
  }

  /** Compile the decoder of a type, or say why there is none. */
  #prepare(type: FrameType): Prepared | string {
    const { space } = this;
    try {
      const codec = type.codec();
      const decoder = createCompiledDecoder(codec, space, this.#api);
      if ('refused' in decoder) return decoder.refused;
      const kinds = { plain: 0, compressed: 0 };
      return { type, decoder, body: this.#expander(type, codec), kinds, frames: 0, bytes: 0 };
    } catch (error) {
      if (error instanceof RangeError) return `there is not enough memory: ${error.message}`;
      if (error instanceof OverpunchError) return error.message; // the frame reader throws it too
      throw error;
    }
  }

  /** Make what decompresses frames of a type, and room for them. */
  #expander({ compression }: FrameType, codec: Codec): BodyExpander | null {
    if (compression === null) return null;
    const { space } = this;
    const { length } = this.#catalog.header;
    const compressor = bodyCompressor(compression, length, codec);
    this.#makePlainRoom(compressor.longest);
    return bodyExpander(compression, length, compressor, space, this.#getExpanders());
  }

  #makePlainRoom(longest: number): void {
    if (longest <= this.#plainRoom) return;
    this.#plainAt = this.space.allocate(longest).address;
    this.#plainRoom = longest;
  }

  #getExpanders(): FrameExpanders | null {
    if (this.#expanders === undefined) this.#expanders = frameExpanders(this.space, this.#api);
    return this.#expanders;
  }
}
