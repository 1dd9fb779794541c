import { OverpunchError } from '../errors.ts';
import { bdwStep } from './bdw-step.ts';
import type { ByteAccount } from './byte-account.ts';
import type { WordOptions } from './descriptor-word.ts';
import { fixedStep, type RecordLength } from './fixed-step.ts';
import { FrameWindow, type FramingStart, maximumFrameLength } from './frame-window.ts';
import type { Piece } from './piece.ts';
import { quarantineStep } from './quarantine-step.ts';
import { rdwStep } from './rdw-step.ts';
import { type ProtocolFormat, rulesOf } from './rules-of.ts';
import { rulesStep } from './rules-step.ts';
import { type LineEnds, textStep } from './text-step.ts';

/** How records lie in a file. */
export type FrameFormat =
  | { readonly format: 'fixed'; readonly recordLength: RecordLength }
  | { readonly format: 'rdw'; readonly rdw?: WordOptions }
  | { readonly format: 'bdw'; readonly bdw?: WordOptions; readonly rdw?: WordOptions }
  | { readonly format: 'text'; readonly lineEnds?: LineEnds }
  | { readonly format: 'quarantine' }
  | ProtocolFormat;

/** Bytes to pass over; all 0 by default. */
export interface SkipOptions {
  readonly fileStart?: number;
  readonly fileEnd?: number;
  readonly recordStart?: number;
  readonly recordEnd?: number;
}

/**
 * Cuts an input that comes in chunks into pieces. The pieces, with the words, line ends and skipped bytes of the account,
 * are the input byte for byte, and do not depend on the chunks.
 */
export interface Framer {
  readonly account: Readonly<ByteAccount>;
  /** The line that what comes next is in, from 1, where lines are. */
  readonly line: number;
  /** Take a chunk and give the pieces it completes. The chunk must not be changed afterwards: pieces are views of it. */
  push(chunk: Uint8Array): Piece[];
  /** Give what is left when the input ends. */
  end(): Piece[];
  /** Stop early: what was read but not framed is accounted as unread. */
  stop(): void;
}

/**
 * Make the framer of a format. Throws `USAGE` when a number is out of range.
 *
 * `start`: what it is given begins there, between two records (of `bdw`: two blocks), and the account begins with it.
 */
export function createFramer(format: FrameFormat, skip: SkipOptions = {}, start?: FramingStart): Framer {
  const window = new FrameWindow(checked(skip.recordStart), checked(skip.recordEnd), start);
  const step = stepOf(format);
  const fileEnd = checked(skip.fileEnd);
  let startLeft = checked(skip.fileStart);
  const held: Uint8Array[] = []; // the last bytes so far: skipped if nothing follows them
  let heldLength = 0;

  const release = (length: number): void => {
    let left = length;
    while (left > 0) {
      const first = held[0];
      if (first === undefined) break;
      if (first.length <= left) held.shift();
      else held[0] = first.subarray(left);
      const part = first.subarray(0, left);
      window.push(part);
      left -= part.length;
    }
    heldLength -= length;
  };

  return {
    account: window.account,
    get line() {
      return window.line;
    },
    push(chunk: Uint8Array): Piece[] {
      let rest = chunk;
      if (startLeft > 0) {
        const skipped = Math.min(startLeft, rest.length);
        window.skippedBefore(skipped);
        startLeft -= skipped;
        rest = rest.subarray(skipped);
      }
      if (rest.length === 0) return [];
      if (fileEnd === 0) {
        window.push(rest);
      } else {
        held.push(rest);
        heldLength += rest.length;
        if (heldLength <= fileEnd) return [];
        release(heldLength - fileEnd);
      }
      return window.run(step);
    },
    end(): Piece[] {
      window.skippedBehind(heldLength);
      heldLength = 0;
      held.length = 0;
      window.ended = true;
      return window.run(step);
    },
    stop(): void {
      window.abandon();
      window.account.input += heldLength;
      window.account.unread += heldLength;
      heldLength = 0;
      held.length = 0;
    },
  };
}

function stepOf(format: FrameFormat): (window: FrameWindow) => boolean {
  switch (format.format) {
    case 'fixed': {
      const { recordLength } = format;
      if (typeof recordLength === 'number' && !(checked(recordLength) > 0)) {
        throw new OverpunchError('USAGE', 'the record length must be at least 1');
      }
      return fixedStep(recordLength);
    }
    case 'rdw':
      return rdwStep(format.rdw ?? {});
    case 'bdw':
      return bdwStep(format.bdw ?? {}, format.rdw ?? {});
    case 'text':
      return textStep(format.lineEnds ?? 'ascii', (window, length) => window.record(length, null));
    case 'quarantine':
      return quarantineStep();
    case 'capture':
    case 'frames':
      return rulesStep(rulesOf(format));
  }
}

function checked(bytes: number | undefined): number {
  const value = bytes ?? 0;
  if (Number.isSafeInteger(value) && value >= 0 && value <= maximumFrameLength) return value;
  throw new OverpunchError('USAGE', `${value} is not a number of bytes between 0 and ${maximumFrameLength}`);
}
