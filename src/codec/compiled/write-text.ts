import type { Emission, Site } from './emission.ts';
import type { TextKernel } from './kernel.ts';
import type { TextWindows } from './text-windows.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';

const size = 16;

const shortText = 64; // bytes: the longest text that is written without a loop

/** Whether text is written from translated windows: short, and trimmed on the right or not at all. */
export function isWindowed({ length, trim }: TextKernel): boolean {
  return length <= shortText && (trim === 'right' || trim === 'none');
}

/** Whether text is translated in a loop: too long for windows. */
export function isLongText({ length, trim }: TextKernel): boolean {
  return length > shortText && (trim === 'right' || trim === 'none');
}

/** Write a text from translated windows. All of it is stored; how far its blanks reach decides how much of it counts. */
export function writeText(emission: Emission, { offset }: Site, kernel: TextKernel, windows: TextWindows): void {
  const { f, out } = emission;
  const { length, trim } = kernel;
  const blocks: { readonly at: number; readonly count: number }[] = [];
  for (let at = 0; at < length; at += size) blocks.push({ at, count: Math.min(size, length - at) });
  for (const { at, count } of blocks) {
    f.get(out);
    windows.push(emission, offset + at, count);
    f.vectorMemory(v128.store, emission.ahead + at);
  }
  if (trim === 'none') {
    emission.advance(null, length);
    return;
  }
  const wide = length > 32;
  emission.advance(
    () => {
      for (const { at, count } of blocks) {
        windows.pushInk(emission, offset + at, count);
        if (wide) f.do(i64.extendU).long(at).do(i64.shl);
        else if (at > 0) f.int(at).do(i32.shl);
        if (at > 0) f.do(wide ? i64.or : i32.or);
      }
      if (wide) f.do(i64.clz, i32.wrapLong);
      else f.do(i32.clz);
    },
    wide ? 64 : 32,
  );
}
