import { setImmediate } from 'node:timers/promises';
import type { StopReason } from '../codec/compiled/stop-reasons.ts';
import { type ByteAccount, emptyAccount } from '../frames/byte-account.ts';
import { createCaptureScanner } from '../frames/capture-scanner.ts';
import { createFramer, type FrameFormat, type Framer } from '../frames/framer.ts';
import type { Piece } from '../frames/piece.ts';
import { createWordScanner, type WordFormat, type WordScan, type WordScanner } from '../frames/word-scanner.ts';
import { addInput } from './decode-tally.ts';
import { chunkBytes, patience } from './input-file.ts';
import { type OpenInput, readAt } from './open-input.ts';
import type { RecordBatches } from './record-batches.ts';

/** Records in a scan. */
export const scannedRecords: number = 16_384;

/** Bytes of a record, or a block of records, that is read without the framer's help. */
export const longestScanned: number = 1 << 20;

/** Formats in which words or prefixes say where records are. */
export type ScannedFormat = WordFormat | Extract<FrameFormat, { readonly format: 'capture' }>;

/**
 * Read records behind descriptor words, or captured frames, straight into the space. Where the words are no help, and at the end of the
 * file, the framer says what the bytes are. Throws `IO`.
 */
export async function readWordRecords(batches: RecordBatches, file: OpenInput, format: ScannedFormat): Promise<void> {
  const { run, job, decoder } = batches;
  const { space } = decoder;
  const before = run.tally.account.input;
  const scanner = format.format === 'capture' ? createCaptureScanner(format.header) : createWordScanner(format);
  const account = emptyAccount();
  let framer: Framer | null = null; // once it is needed, to the end
  let records = 0;
  let position = 0;
  let held = 0; // bytes of a record whose end has not been read
  space.reserve(longestScanned + chunkBytes, scannedRecords);
  space.reserveOutput(2 * chunkBytes);
  const frameHeld = (): Framer => {
    const started = createFramer(format, {}, { offset: position - held, records });
    account.input -= held; // the framer counts them
    return started;
  };
  for (let chunk = 0; run.stopped === 'end'; chunk++) {
    const got = readAt(file, space.input, position, held, chunkBytes);
    if (got === 0) break;
    if (chunk % patience === patience - 1) await setImmediate();
    run.read += got;
    position += got;
    held += got;
    if (framer === null) {
      account.input += got;
      let at = 0;
      let scan: WordScan;
      do {
        scan = scanner.scan(space.input, at, held, space.list);
        await takeScanned(batches, file, scanner, scan, { offset: position - held, records });
        enterScan(account, scan, at);
        records += scan.count;
        at = scan.next;
      } while (scan.stopped === 'full' && scan.count > 0);
      space.input.copyWithin(0, at, held);
      held -= at;
      if (scan.stopped !== 'more' || scan.wanted > longestScanned) framer = frameHeld();
    }
    if (framer !== null) {
      const bytes = Uint8Array.from(space.input.subarray(0, held));
      held = 0;
      await batches.takePieces(file.input, framer.push(bytes));
    }
    job.progress.update(run.read, before + account.input + (framer?.account.input ?? 0), run.tally.records);
  }
  if (framer === null && held > 0) {
    framer = frameHeld();
    await batches.takePieces(file.input, framer.push(Uint8Array.from(space.input.subarray(0, held))));
  }
  if (framer !== null) {
    if (run.stopped === 'end') await batches.takePieces(file.input, framer.end());
    framer.stop();
    addInput(run.tally, framer.account);
  }
  addInput(run.tally, account);
}

/** Take the records of a scan of the space's input. `start` says where that lies in the file, and behind how many records the scan. */
export async function takeScanned(
  batches: RecordBatches,
  { input }: OpenInput,
  scanner: WordScanner,
  { count, odd }: WordScan,
  start: { readonly offset: number; readonly records: number },
): Promise<void> {
  const { decoder } = batches;
  const { space } = decoder;
  let oddAt = 0;
  const piece = (index: number): Piece => {
    const at = space.list[2 * index] ?? 0;
    const length = space.list[2 * index + 1] ?? 0;
    return {
      kind: 'record',
      recordNumber: start.records + index + 1,
      offset: start.offset + at,
      length,
      bytes: space.input.subarray(at, at + length),
      problem: scanner.problemAt(space.input, at),
      origin: null,
    };
  };
  await batches.take(input, count, {
    decode(first, many) {
      while ((odd[oddAt] ?? count) < first) oddAt += 1;
      const plain = (odd[oddAt] ?? count) - first;
      if (plain === 0) return { done: 0, stopped: 'unusual' satisfies StopReason };
      return decoder.decodeListed(first, Math.min(many, plain));
    },
    piece,
  });
}

/** Enter the bytes of a scan, and of its words. */
export function enterScan(account: ByteAccount, { next, content }: WordScan, from: number): void {
  account.records += content;
  account.words += next - from - content;
}
