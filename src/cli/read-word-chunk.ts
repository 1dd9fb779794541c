import { setImmediate } from 'node:timers/promises';
import { emptyAccount } from '../frames/byte-account.ts';
import type { FramingStart } from '../frames/frame-window.ts';
import { createFramer } from '../frames/framer.ts';
import { createWordScanner, type WordFormat } from '../frames/word-scanner.ts';
import { addInput } from './decode-tally.ts';
import { chunkBytes } from './input-file.ts';
import { type OpenInput, readAt } from './open-input.ts';
import { enterScan, longestScanned, scannedRecords, takeScanned } from './read-word-records.ts';
import type { RecordBatches } from './record-batches.ts';

/**
 * Read about so many bytes of records behind descriptor words, whole ones, from where one starts.
 *
 * Where the next chunk starts is told before the records are decoded: `null` when this one is the last. It is where the words are no
 * help, since the framer then reads the rest of the file. Throws `IO`.
 */
export async function readWordChunk(
  batches: RecordBatches,
  file: OpenInput,
  format: WordFormat,
  start: FramingStart,
  size: number,
  handOn: (next: FramingStart | null) => void,
): Promise<void> {
  const { run, decoder } = batches;
  const { space } = decoder;
  const scanner = createWordScanner(format);
  space.reserve(Math.max(size, longestScanned), scannedRecords);
  let wanted = size;
  let held = readAt(file, space.input, start.offset, 0, wanted);
  let scan = scanner.scan(space.input, 0, held, space.list);
  while (scan.next === 0 && held === wanted && scan.wanted > wanted && scan.wanted <= longestScanned) {
    wanted = scan.wanted;
    held = readAt(file, space.input, start.offset, 0, wanted);
    scan = scanner.scan(space.input, 0, held, space.list);
  }
  const { count, next, stopped } = scan;
  const ended = held < wanted; // the file
  const follows = { offset: start.offset + next, records: start.records + count };
  const goesOn = next > 0 && (stopped === 'full' || (stopped === 'more' && !ended));
  handOn(goesOn ? follows : null);
  await takeScanned(batches, file, scanner, scan, start);
  const account = emptyAccount();
  account.input += next;
  enterScan(account, scan, 0);
  addInput(run.tally, account);
  run.read += next;
  if (goesOn || next === held) return;
  // The space may move from now on.
  let position = start.offset + held;
  let bytes = Uint8Array.from(space.input.subarray(next, held));
  const framer = createFramer(format, {}, follows);
  while (bytes.length > 0) {
    run.read += bytes.length;
    await batches.takePieces(file.input, framer.push(bytes));
    await setImmediate();
    bytes = new Uint8Array(chunkBytes);
    bytes = bytes.subarray(0, readAt(file, bytes, position));
    position += bytes.length;
  }
  await batches.takePieces(file.input, framer.end());
  addInput(run.tally, framer.account);
}
