import { closeSync, fstatSync, openSync, readSync, statfsSync, writeSync } from 'node:fs';
import { freemem } from 'node:os';

const stepBytes = 8 << 20;

/** Say why a file of so many bytes must not be made in a folder; `null` when it may: the disk and the cache of pages have room for it. */
export function noRoomFor(folder: string, bytes: number): string | null {
  const { bavail, bsize } = statfsSync(folder);
  const gibibytes = `${Math.ceil(bytes / 2 ** 30)} GiB`;
  if (bavail * bsize < 2 * bytes) return `the disk has no room for ${gibibytes}`;
  return freemem() < 1.5 * bytes ? `memory has no room for the pages of ${gibibytes}` : null;
}

/** Make a file so many times as long, with the same bytes again and again. */
export function repeatFile(path: string, times: number): void {
  const file = openSync(path, 'r+');
  const { size } = fstatSync(file);
  const step = Buffer.alloc(stepBytes);
  for (let to = size; to < times * size; ) {
    const got = readSync(file, step, 0, Math.min(stepBytes, size - (to % size)), to % size);
    for (let at = 0; at < got; ) at += writeSync(file, step, at, got - at, to + at);
    to += got;
  }
  closeSync(file);
}
