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
    const { space } = this;
    const { inputAddress, listAddress } = space;
    if (first < 0 || count < 0 || first + count > space.listRoom) {
      throw new RangeError(`frames ${first} to ${first + count - 1} are not in the list`);
    }
    for (let done = 0; done < count; done++) {
      if (this.#loop) {
        const { done: more, stopped, decoder } = this.#loop.run(first + done, count - done, this.#plainAt);
        done += more;
        this.#noting = decoder;
        if (stopped !== 'doubt') return { done, stopped };
      }
      const entry = (listAddress >> 2) + 2 * (first + done);
      const { numbers } = space;
      const stopped = this.#decode(inputAddress + (numbers[entry] ?? 0), numbers[entry + 1] ?? 0);
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

  /** Decode one frame, without the loop. */
  #decode(address: number, length: number): RunResult['stopped'] {
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
    const stopped = this.#decodeBody(found, compressed, address, length);
    if (stopped !== 'end' && stopped !== 'noted') return stopped;
    found.frames += 1;
    found.bytes += length;
    return stopped;
  }

  #decodeBody({ decoder, body }: Prepared, compressed: boolean, address: number, length: number): RunResult['stopped'] {
    this.#noting = decoder;
    if (body === null || !compressed) return decoder.decodeAt(address, length);
    const plain = body.expand(address, length, this.#plainAt);
    return plain < 0 ? 'unusual' : decoder.decodeAt(this.#plainAt, plain);
  }

  /** Let the loop take frames like the sound one at an address, when enough have come. */
  #teach(address: number, { decoder, body, kinds }: Prepared, compressed: boolean): void {
    if (this.#loop === null || this.#beforeLoop-- > 0) return;
    this.#loop ??= createFrameLoop(this.#catalog, this.space, this.#api, () => this.#getExpanders());
    if (this.#loop === null) return;
    const how = compressed ? 'compressed' : 'plain';
    kinds[how] ||= this.#loop.addKind(decoder, compressed ? body : null);
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
    if (compressor.longest > this.#plainRoom) {
      this.#plainAt = space.allocate(compressor.longest).address;
      this.#plainRoom = compressor.longest;
    }
    return bodyExpander(compression, length, compressor, space, this.#getExpanders());
  }

  #getExpanders(): FrameExpanders | null {
    if (this.#expanders === undefined) this.#expanders = frameExpanders(this.space, this.#api);
    return this.#expanders;
  }
}
