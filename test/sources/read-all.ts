import type { Source, SourceRead } from '../../src/streams/source.ts';

/** Read what a source has now, so many frames at a time: as texts, with the last position and the ranges. */
export function readAll(source: Source, step = 1000): { frames: string[]; position: string | null; ranges: string[] } {
  const frames: string[] = [];
  const ranges: string[] = [];
  let position: string | null = null;
  for (let read = next(source, step); read !== null; read = next(source, step)) {
    for (const { bytes, garbage } of read.frames) frames.push(garbage?.code ?? String(Buffer.from(bytes)));
    if (read.range !== null) ranges.push(read.range);
    position = read.position;
  }
  return { frames, position, ranges };
}

/** The frames of ranges, read again. */
export function readAgain(source: Source, ranges: readonly string[]): string[] {
  return ranges.flatMap((range) => {
    const frames = source.again?.(range) ?? [];
    return Array.from(frames, ({ bytes, garbage }) => garbage?.code ?? String(Buffer.from(bytes)));
  });
}

function next(source: Source, frames: number): SourceRead | null {
  return source.read({ frames, bytes: 1 << 20 });
}
