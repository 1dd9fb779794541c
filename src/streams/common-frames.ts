import type { CorrelationRule } from './correlate-settings.ts';
import type { CorrelationCounters } from './correlation-counters.ts';
import type { DeadlineQueue } from './deadline-queue.ts';
import type { FrameRecords } from './frame-records.ts';
import type { IdentityGeneration } from './identity-generation.ts';
import type { InputClock } from './input-clock.ts';
import type { JournalColumns } from './journal-columns.ts';
import type { KnownIdentities } from './known-identities.ts';
import { hashMask, type OpenEntries } from './open-entries.ts';
import { type OutcomeLog, outcomes } from './outcome-log.ts';

/** The tables of a correlation. */
interface CorrelationTables {
  readonly watermark: number;
  readonly rule: CorrelationRule;
  readonly log: OutcomeLog;
  readonly counters: CorrelationCounters;
  readonly inputs: InputClock;
  readonly records: FrameRecords;
  readonly open: OpenEntries;
  readonly known: readonly [KnownIdentities, KnownIdentities];
  readonly queue: DeadlineQueue;
  readonly openOf: Int32Array;
  /** Hashes of the keys, and of the identities, of the entries to be taken next. */
  readonly keyHashes: Int32Array;
  readonly hashes: Int32Array;
}

/**
 * Takes in the frames that nothing has to be decided about: those that do not move the clock, are surely no duplicates, and either find the
 * one open entry of their key well within the window, or find nothing and open.
 *
 * The whole rule makes the same of them; it has all other frames, and those on a boundary. But nearly all frames are like that, and one
 * loop that has everything at hand and calls nothing takes half the time. It spells out what `FrameRecords`, `IdentityGeneration` and
 * `OpenEntries` do; all is checked before anything is written.
 */
export class CommonFrames {
  private readonly tables: CorrelationTables;
  /** Up to how many open entries; 0 where sizes are kept, or identities are without their times: then nothing is taken in here. */
  private readonly mostOpen: number;

  constructor(tables: CorrelationTables) {
    const { rule, open } = tables;
    this.tables = tables;
    this.mostOpen = rule.timeInIdentity && !open.keepsSizes ? rule.maxOpen : 0;
  }

  /**
   * Take in entries `first` up to `end`, as long as they are common. Their hashes count from entry `start` on. Returns the first entry that
   * is not taken in.
   */
  take(columns: JournalColumns, first: number, end: number, start: number): number {
    const { counters, hashes, inputs, keyHashes, known, log, open, openOf, queue, records, rule } = this.tables;
    if (this.mostOpen === 0) return first;
    const { headers, ingested, input: inputOf, kind: kinds } = columns;
    const { mask, slots } = open;
    const { chunks, openBits } = records;
    const { largest } = inputs;
    const { doubles, integers } = log;
    const { maxFuture } = rule;
    const requests = known[0].current;
    const responses = known[1].current;
    const latestOpen = Math.min(this.mostOpen, open.count + open.spareSlots);
    const earliestEnd = Math.max(this.tables.watermark, queue.end);
    const rows = integers.length >>> 2;
    let row = log.length;
    let openRequests = 0;
    let openResponses = 0;
    let matched = 0;
    let requestCount = 0;
    let count = open.count;
    let index = first;
    for (; index < end; index++) {
      const direction = kinds[index] as number;
      const header = index << 2;
      const key = headers[header] as number;
      const time = headers[header + 2] as number;
      if (direction > 1 || !(key >= 0) || !(time <= (largest[inputOf[index] as number] as number))) break;
      if (time > (ingested[index] as number) + maxFuture || count >= latestOpen || row >= rows) break;

      const generation: IdentityGeneration = direction === 0 ? requests : responses;
      const deadline = time + generation.delay;
      if (!(deadline > earliestEnd && deadline >= generation.start && deadline < generation.end)) break;
      const own = generation.fresh;
      if (generation.isFull || (own & 63) === 0) break;
      const hash = hashes[index - start] as number;
      const identities = generation.slots;
      const identityMask = identities.length - 1;
      let identity = hash & identityMask;
      let value = identities[identity] as number;
      while (value !== 0 && ((value ^ hash) & ~identityMask) !== 0) {
        identity = (identity + 1) & identityMask;
        value = identities[identity] as number;
      }
      if (value !== 0) break;

      const keyBits = keyHashes[index - start] as number;
      let slot = (keyBits >>> 1) & mask;
      let entry = slots[slot + 1] as number;
      while (entry !== 0 && (((slots[slot] as number) ^ keyBits) & hashMask) !== 0) {
        slot = (slot + 2) & mask;
        entry = slots[slot + 1] as number;
      }
      const ownChunk = chunks[own >>> 15] as Float64Array;
      const ownAt = (own & 0x7fff) << 2;
      if (entry === 0) {
        slots[slot] = (keyBits & hashMask) | direction;
        slots[slot + 1] = own;
        count++;
        if (direction === 0) openRequests++;
        else openResponses++;
        openBits[own >>> 5] = (openBits[own >>> 5] as number) | (1 << own);
        ownChunk[ownAt + 3] = headers[header + 3] as number;
        integers[row << 2] = outcomes.opened;
        integers[(row << 2) + 2] = own;
      } else {
        const chunk = chunks[entry >>> 15] as Float64Array;
        const at = (entry & 0x7fff) << 2;
        const partnerTime = chunk[at + 2] as number;
        if (((slots[slot] as number) & 3) !== 1 - direction || chunk[at] !== key) break;
        if (direction === 0) {
          if (!(partnerTime > time - rule.before && partnerTime < time + rule.after)) break;
          openResponses--;
        } else {
          if (!(partnerTime > time - rule.after && partnerTime < time + rule.before)) break;
          openRequests--;
        }
        open.emptyOut(slot);
        count--;
        matched++;
        openBits[entry >>> 5] = (openBits[entry >>> 5] as number) & ~(1 << entry);
        integers[row << 2] = outcomes.matched;
        integers[(row << 2) + 2] = entry;
        integers[(row << 2) + 3] = 1 - direction;
        doubles[row << 2] = key;
        doubles[(row << 2) + 1] = chunk[at + 1] as number;
        doubles[(row << 2) + 2] = partnerTime;
        doubles[(row << 2) + 3] = chunk[at + 3] as number;
      }
      integers[(row << 2) + 1] = index;
      row++;
      requestCount += 1 - direction;
      identities[identity] = (hash & ~identityMask) | ++generation.count;
      generation.fresh = own + 1;
      ownChunk[ownAt] = key;
      ownChunk[ownAt + 1] = headers[header + 1] as number;
      ownChunk[ownAt + 2] = time;
    }
    const { total } = counters;
    log.length = row;
    counters.frames += index - first;
    total[0] = (total[0] as number) + requestCount;
    total[1] = (total[1] as number) + index - first - requestCount;
    counters.matched[0] = (counters.matched[0] as number) + matched;
    counters.matched[1] = (counters.matched[1] as number) + matched;
    openOf[0] = (openOf[0] as number) + openRequests;
    openOf[1] = (openOf[1] as number) + openResponses;
    open.addOpened(count - open.count);
    return index;
  }
}
