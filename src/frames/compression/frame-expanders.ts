import type { DecodingSpace } from '../../codec/compiled/decoding-space.ts';
import type { WebAssemblyApi } from '../../codec/compiled/wasm/web-assembly.ts';
import type { CompressionOptions, CompressionScheme } from './compression.ts';
import { compressionSettings } from './compression-settings.ts';
import { type ExpanderExports, emitExpanders } from './emit-expanders.ts';
import { njeControls } from './nje.ts';
import { runLengthControls } from './run-length.ts';
import { snaControls } from './sna.ts';
import type { StringControls } from './string-controls.ts';

/**
 * Decompresses the body of a frame in a space to another place there, behind a copy of its header, and gives the length of what is there
 * then; −1 for a body that a compressor refuses. Behind the most bytes that may come out there must be room for 16 more.
 */
export type FrameExpander = (address: number, length: number, target: number) => number;

/** An expander that is a call of a function of the expanders' module. */
export interface CompiledExpander extends FrameExpander {
  readonly callee: keyof ExpanderExports;
  /** What is given to it behind the frame's start and end, the header's length and the target. */
  readonly settings: readonly number[];
}

/** Makes expanders of a space. */
export interface FrameExpanders {
  /** Give the expander of a scheme under options, for frames with a header; `null` for a scheme that there is none for. */
  (scheme: CompressionScheme, options: CompressionOptions, headerLength: number): CompiledExpander | null;
  /** What expanders call, for other modules of the space. */
  readonly exports: ExpanderExports;
}

const stringSchemes: Readonly<Partial<Record<CompressionScheme, StringControls>>> = {
  nje: njeControls,
  sna: snaControls,
  'run-length': runLengthControls,
};

/** Make the expanders of a space: WebAssembly that works in its memory; `null` without one that has vectors. */
export function frameExpanders(space: DecodingSpace, api: WebAssemblyApi | null): FrameExpanders | null {
  if (api === null) return null;
  const start = space.allocate(0).address;
  const emitted = emitExpanders(start, Object.values(stringSchemes));
  if (!api.validate(emitted.bytes)) return null;
  space.allocate(emitted.end - start);
  const instance = new api.Instance(new api.Module(emitted.bytes), { env: { memory: space.memory } });
  const exports = instance.exports as unknown as ExpanderExports;
  const { strings, cut, bitmap } = exports;
  const expander = (
    scheme: CompressionScheme,
    options: CompressionOptions,
    header: number,
  ): CompiledExpander | null => {
    const { limit, prime, fill, length, filledLength, fields } = compressionSettings(options);
    const controls = stringSchemes[scheme];
    if (controls !== undefined) {
      const meanings = emitted.meanings.get(controls) ?? 0;
      const mark = controls.end === undefined ? 0 : 1;
      const expand: FrameExpander = (at, size, target) =>
        strings(at, at + size, header, target, limit, meanings, prime, mark);
      return Object.assign(expand, { callee: 'strings' as const, settings: [limit, meanings, prime, mark] });
    }
    // Without a length that all bodies have they are not filled up.
    if (scheme === 'cut' && length !== null && length === filledLength && length <= limit) {
      const expand: FrameExpander = (at, size, target) => cut(at, at + size, header, target, length, fill);
      return Object.assign(expand, { callee: 'cut' as const, settings: [length, fill] });
    }
    if (scheme !== 'bitmap' || fields === null || fields.reduce((sum, width) => sum + width, 0) > limit) return null;
    const { address } = space.allocate(4 * fields.length);
    space.numbers.set(fields, address >> 2);
    const expand: FrameExpander = (at, size, target) =>
      bitmap(at, at + size, header, target, address, fields.length, fill);
    return Object.assign(expand, { callee: 'bitmap' as const, settings: [address, fields.length, fill] });
  };
  return Object.assign(expander, { exports });
}
