import type { FrameCheck } from '../../src/frames/frame-check.ts';

/** `[offset, length]` of a frame, the same behind `garbage` of bytes that are none. */
type NaivePiece = readonly ['frame' | 'garbage', number, number];

const from1990 = BigInt(Date.UTC(1990, 0)) * 1000n;
const to2100 = BigInt(Date.UTC(2100, 0)) * 1000n;

/** Cut a capture the plain way, with all bytes at hand; garbage in one piece. */
export function naiveCapture(bytes: Uint8Array, check: FrameCheck): NaivePiece[] {
  const data = Buffer.from(bytes);
  const prefixAt = (at: number): number | null => {
    if (at + 12 > data.length) return null;
    const time = data.readBigUInt64BE(at + 4);
    const length = data.readUInt32BE(at);
    return length >= 1 && length <= check.maximum && time >= from1990 && time < to2100 ? length : null;
  };
  const headerAt = (at: number): number | null => {
    if (at + check.minimum > data.length || check.lengthAt === null) return null;
    const length = check.lengthAt(data, at);
    return length >= check.minimum && length <= check.maximum ? length : null;
  };
  const goesOn = (at: number): boolean => at === data.length || prefixAt(at) !== null;
  const trusted = (at: number): boolean => {
    const length = prefixAt(at);
    if (length === null) return false;
    return check.lengthAt === null ? goesOn(at + 12 + length) : headerAt(at + 12) === length;
  };
  const pieces: NaivePiece[] = [];
  let at = 0;
  while (at < data.length) {
    const length = prefixAt(at);
    if (length === null) {
      const start = at;
      at = data.length - at < 12 ? data.length : at + 1;
      while (at < data.length && !trusted(at)) at += 1;
      pieces.push(['garbage', start, at - start]);
      continue;
    }
    const start = at + 12;
    const said = headerAt(start);
    const chosen = said !== null && !goesOn(start + length) && goesOn(start + said) ? said : length;
    const taken = Math.min(chosen, data.length - start);
    pieces.push(['frame', start, taken]);
    at = start + taken;
  }
  return pieces;
}

/** Cut frames that follow each other the plain way. */
export function naiveFrames(bytes: Uint8Array, { minimum, maximum, lengthAt }: FrameCheck): NaivePiece[] {
  const headerAt = (at: number): number | null => {
    const length = at + minimum > bytes.length ? 0 : (lengthAt?.(bytes, at) ?? 0);
    return length >= minimum && length <= maximum ? length : null;
  };
  const trusted = (at: number): boolean => {
    const length = headerAt(at);
    return length !== null && (at + length === bytes.length || headerAt(at + length) !== null);
  };
  const pieces: NaivePiece[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = headerAt(at);
    const start = at;
    if (length !== null) {
      const stop = Math.min(at + length, bytes.length);
      at = stop;
      if (!trusted(start)) {
        for (let inside = start + minimum; inside < stop && at === stop; inside++) if (trusted(inside)) at = inside;
      }
      pieces.push(['frame', start, at - start]);
      continue;
    }
    at += 1;
    while (at < bytes.length && !trusted(at)) at += 1;
    pieces.push(['garbage', start, at - start]);
  }
  return pieces;
}
