import { compareReadings, type FieldDifference } from '../compare/compare-readings.ts';
import { pairByKey } from '../compare/pair-by-key.ts';
import { type Pair, pairInOrder } from '../compare/pair-in-order.ts';
import { createFramer } from '../frames/framer.ts';
import type { Frame } from '../frames/piece.ts';
import { frameIssue } from '../frames/quarantine-line.ts';
import { readFrames } from '../frames/read-frames.ts';
import { type DiffTally, emptyDiffTally } from './diff-tally.ts';
import type { InputFile } from './input-file.ts';
import type { CopybookDecoding } from './prepare-decoding.ts';
import type { ProblemReport } from './problem-report.ts';
import type { RecordDifference } from './record-difference.ts';
import { type RecordKey, recordKey } from './record-key.ts';

/** What comparing two files is made of. */
export interface DiffJob {
  readonly decoding: CopybookDecoding;
  /** Fields that pair records; without any the n-th is compared with the n-th. */
  readonly key: readonly string[];
  /** Bytes of the records that may wait for a partner. */
  readonly memory: number;
  /** Whether other bytes are a difference although the values are the same. */
  readonly bytes: boolean;
  /** There is a `--where`. */
  readonly filtered: boolean;
  readonly skip: number;
  readonly limit: number;
  readonly report: ProblemReport;
  readonly show: (difference: RecordDifference) => Promise<void>;
}

/**
 * Compare two files record by record, field by field. Records with the same bytes are not decoded.
 *
 * Memory stays constant without keys; with them, what waits for a partner is bounded by `memory`. Throws what reading throws, and
 * DIFF_MEMORY.
 */
export async function diffRun(left: InputFile, right: InputFile, job: DiffJob): Promise<DiffTally> {
  const tally = emptyDiffTally();
  const { codec } = job.decoding;
  const key = job.key.length === 0 ? null : recordKey(codec, job.key);
  const sides = [records(left, job, tally), records(right, job, tally)] as const;
  for await (const pair of key === null ? pairInOrder(...sides) : keyed(...sides, key, job.memory)) {
    const keyed = (frame: Frame): RecordKey | null => key?.(frame.bytes) ?? null;
    if (pair.left !== null) tally.left += 1;
    if (pair.right !== null) tally.right += 1;
    if (pair.left === null || pair.right === null) {
      const frame = pair.left ?? pair.right;
      if (pair.right === null) tally.leftOnly += 1;
      else tally.rightOnly += 1;
      if (frame !== null) await job.show({ ...pair, key: keyed(frame), fields: [] });
      continue;
    }
    const fields = compare(pair.left, pair.right, job, tally);
    if (fields !== null) await job.show({ ...pair, key: keyed(pair.left), fields });
  }
  return tally;
}

/** What differs in a pair; `null` for nothing that counts. */
function compare(left: Frame, right: Frame, job: DiffJob, tally: DiffTally): readonly FieldDifference[] | null {
  if (Buffer.compare(left.bytes, right.bytes) === 0) {
    tally.equal += 1;
    return null;
  }
  const { codec } = job.decoding;
  const [first, second] = [codec.read(left.bytes), codec.read(right.bytes)];
  const fields = compareReadings(codec, { reading: first, bytes: left.bytes }, { reading: second, bytes: right.bytes });
  // Bytes that no field could be read from say something all the same.
  const bad = [first, second].some(({ issues }) => issues.some(({ severity }) => severity === 'error'));
  if (fields.length === 0 && !bad) {
    tally.otherBytes += 1;
    return job.bytes ? fields : null;
  }
  tally.different += 1;
  for (const { path } of fields) {
    const field = path.replaceAll(/\([0-9]+\)/g, '');
    tally.fields.set(field, (tally.fields.get(field) ?? 0) + 1);
  }
  return fields;
}

function keyed(
  left: AsyncIterable<Frame>,
  right: AsyncIterable<Frame>,
  key: (bytes: Uint8Array) => RecordKey,
  limit: number,
): AsyncIterable<Pair<Frame>> {
  return pairByKey(left, right, {
    keyOf: (frame) => JSON.stringify(key(frame.bytes)),
    sizeOf: (frame) => frame.bytes.length,
    // A frame is a view of all that was read with it.
    hold: (frame) => ({ ...frame, bytes: Uint8Array.from(frame.bytes) }),
    limit,
  });
}

/** The records of a file that are wanted. Garbage is reported and counted. */
async function* records(input: InputFile, job: DiffJob, tally: DiffTally): AsyncGenerator<Frame> {
  const { decoding, report } = job;
  const { format, skipBytes, where, decoder } = decoding;
  let passed = 0;
  if (job.limit === 0) return;
  for await (const pieces of readFrames(input.chunks(), createFramer(format, skipBytes))) {
    for (const piece of pieces) {
      if (piece.kind === 'garbage') {
        if (piece.continued) continue;
        tally.garbage += 1;
        const place = piece.origin ?? { file: input.name, record: null, offset: piece.offset };
        report.add(place, [frameIssue(piece, piece.bytes)]);
      } else if (!job.filtered || where(decoder.read(piece.bytes))) {
        passed += 1;
        if (passed > job.skip) yield piece;
        if (passed - job.skip >= job.limit) return;
      }
    }
  }
}
