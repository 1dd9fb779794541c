import type { CorrelationRule } from './correlate-settings.ts';
import type { CorrelationCounters } from './correlation-counters.ts';
import type { DeadlineQueue } from './deadline-queue.ts';
import type { FrameRecords } from './frame-records.ts';
import type { IdentityGeneration } from './identity-generation.ts';
import type { InputClock } from './input-clock.ts';
import type { JournalColumns } from './journal-columns.ts';
import { identityHash, keyHash } from './key-hash.ts';
import type { KnownIdentities } from './known-identities.ts';
import { fetchLength, hashMask, type OpenEntries } from './open-entries.ts';
import { type OutcomeLog, outcomes } from './outcome-log.ts';

const fewFrames = 3; // do not wait for memory long enough
const inCache = 1 << 20; // bytes of slots: so few are there already, and reading them before costs a fifth of all

/** The tables of a correlation. */
interface CorrelationTables {
  watermark: number;
  readonly rule: CorrelationRule;
  readonly log: OutcomeLog;
  readonly counters: CorrelationCounters;
  readonly inputs: InputClock;
  readonly records: FrameRecords;
  readonly open: OpenEntries;
  readonly known: readonly [KnownIdentities, KnownIdentities];
  readonly queue: DeadlineQueue;
  readonly openOf: Int32Array;
  readonly seed: number;
}

/**
 * Takes in the frames that nothing has to be decided about: those that close nothing by moving the clock, are surely no duplicates, and
 * either find the one open entry of their key well within the window, or find nothing and open.
 *
 * The whole rule makes the same of them; it has all other frames, and those on a boundary. But nearly all frames are like that, and
 * loops that have everything at hand and call nothing take half the time. They spell out what `FrameRecords`, `IdentityGeneration` and
 * `OpenEntries` do; all is checked before anything is written.
 */
export class CommonFrames {
  private readonly tables: CorrelationTables;
  /** Up to how many open entries; 0 where identities are without their times: then nothing is taken in here. */
  private readonly mostOpen: number;
  /** Hashes of the keys, as slots have them, and of the identities, of the frames that are taken in together. */
  private readonly keyHashes = new Int32Array(fetchLength);
  private readonly hashes = new Int32Array(fetchLength);
  /** Kept so that reading for the cache alone is not left out. */
  fetchedSum = 0;

  constructor(tables: CorrelationTables) {
    const { rule } = tables;
    this.tables = tables;
    this.mostOpen = rule.timeInIdentity ? rule.maxOpen : 0;
  }

  /** Take in entries `first` up to `end`, as long as they are common. Returns the first entry that is not taken in. */
  take(columns: JournalColumns, first: number, end: number): number {
    const { known, log, open } = this.tables;
    let index = first;
    while (index < end) {
      const most = Math.min(fetchLength, end - index, this.mostOpen - open.count);
      const start = index;
      const stop = this.prepare(columns, start, start + most);
      if (stop === start) return start;
      log.reserve(stop - start);
      if (stop - start > fewFrames && open.slots.byteLength > inCache) {
        open.fetch(this.keyHashes, stop - start);
        this.fetchIdentities(known[0].current.slots, known[1].current.slots, stop - start);
      }
      do {
        open.reserve(stop - index);
        index = this.join(columns, start, index, stop);
      } while (index < stop && known[columns.kind[index] as 0 | 1].current.makeRoom());
      if (index < stop) return index;
    }
    return index;
  }

  /**
   * Hash the keys and identities of entries `first` up to `end`, as long as they are not quarantined, belong to the latest generations of
   * identities, would keep to the cap of bytes if all of them opened, and close nothing by their times: the clock is moved to these at
   * once, as none of these entries is near the watermark. Returns the first that is not so.
   */
  private prepare(columns: JournalColumns, first: number, end: number): number {
    const { hashes, keyHashes } = this;
    const { inputs, known, open, queue, rule, seed, watermark } = this.tables;
    const { headers, ingested, input: inputOf, kind: kinds, size, words } = columns;
    const { largest } = inputs;
    const { maxFuture, maxOpenBytes } = rule;
    const { keepsSizes } = open;
    const mask = hashMask;
    const earliest = Math.max(watermark, queue.end);
    const requests = known[0].current;
    const responses = known[1].current;
    const requestDelay = requests.delay;
    const responseDelay = responses.delay;
    // What lies in a generation that was sorted must be sorted too: it is not common.
    const requestStart = earliest < requests.start ? requests.start : Number.POSITIVE_INFINITY;
    const responseStart = earliest < responses.start ? responses.start : Number.POSITIVE_INFINITY;
    const requestEnd = requests.end;
    const responseEnd = responses.end;
    const quietEnd = Math.min(queue.due, known[0].nextDrop, known[1].nextDrop, requestStart, responseStart);
    let { bytes } = open;
    let checkedTime = Number.NaN;
    let checkedInput = -1;
    let index = first;
    for (; index < end; index++) {
      const direction = kinds[index] as number;
      const header = index << 2;
      const time = headers[header + 2] as number;
      const input = inputOf[index] as number;
      if (direction > 1 || !((headers[header] as number) >= 0) || time > (ingested[index] as number) + maxFuture) break;
      if (keepsSizes) {
        bytes += size[index] as number;
        if (bytes > maxOpenBytes) break;
      }
      if (time !== checkedTime || input !== checkedInput) {
        const requestDeadline = time + requestDelay;
        const responseDeadline = time + responseDelay;
        const isForRequests = requestDeadline >= requestStart && requestDeadline < requestEnd;
        const isForResponses = responseDeadline >= responseStart && responseDeadline < responseEnd;
        if (!(direction === 0 ? isForRequests : isForResponses)) break;
        if (!(time <= (largest[input] as number)) && !this.moveClock(columns, index, quietEnd)) break;
        // Many frames have the same time, and of these the directions, which nobody can guess, make no difference.
        if (isForRequests && isForResponses) {
          checkedTime = time;
          checkedInput = input;
        }
      }
      const keyBits = keyHash(words, header << 1, seed);
      keyHashes[index - first] = (keyBits & mask) | direction;
      hashes[index - first] = identityHash(keyBits, words, header << 1, true);
    }
    return index;
  }

  /** Move the clock to the time of an entry if the watermark stays before `quietEnd` then. Returns whether it was moved. */
  private moveClock(columns: JournalColumns, index: number, quietEnd: number): boolean {
    const { tables } = this;
    const { inputs, rule } = tables;
    const input = columns.input[index] as number;
    if (!(columns.time(index) - rule.disorder < quietEnd && input < inputs.largest.length)) return false;
    inputs.see(input, columns.headers, 4 * index);
    tables.watermark = Math.max(tables.watermark, inputs.low - rule.disorder);
    return true;
  }

  /** Read where the identities of prepared entries are looked for, so that the processor waits only once. */
  private fetchIdentities(requests: Int32Array, responses: Int32Array, count: number): void {
    const { hashes, keyHashes } = this;
    let sum = 0;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] as number;
      if (((keyHashes[at] as number) & 1) === 0) sum ^= requests[hash & (requests.length - 1)] as number;
      else sum ^= responses[hash & (responses.length - 1)] as number;
    }
    this.fetchedSum = sum;
  }

  /** Take in prepared entries, whose hashes count from entry `start` on. Returns the first that is not common, or has no room. */
  private join(columns: JournalColumns, start: number, first: number, end: number): number {
    const { hashes, keyHashes } = this;
    const { counters, known, log, open, openOf, records, rule } = this.tables;
    const { headers, size } = columns;
    const { keepsSizes, mask, sizes, slots } = open;
    const { chunks, openBits } = records;
    const { integers } = log;
    const { after, before } = rule;
    const { matched: matchedCode, opened: openedCode } = outcomes;
    const requests = known[0].current;
    const responses = known[1].current;
    const requestCount = requests.count;
    let at = 3 * log.length;
    let { bytes } = open;
    let byRequests = 0;
    let byResponses = 0;
    let index = first;
    for (; index < end; index++) {
      const keyBits = keyHashes[index - start] as number;
      const direction = keyBits & 1;
      const generation: IdentityGeneration = direction === 0 ? requests : responses;
      const number = generation.count;
      if (number === generation.limit) break;
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

      let slot = (keyBits >>> 1) & mask;
      let entry = slots[slot + 1] as number;
      let difference = (slots[slot] as number) ^ keyBits;
      while (entry !== 0 && difference >>> 2 !== 0) {
        slot = (slot + 2) & mask;
        entry = slots[slot + 1] as number;
        difference = (slots[slot] as number) ^ keyBits;
      }
      const header = index << 2;
      const time = headers[header + 2] as number;
      const key = headers[header] as number;
      const own = generation.base + number;
      const ownChunk = chunks[own >>> 15] as Float64Array;
      const ownAt = (own & 0x7fff) << 2;
      if (entry === 0) {
        slots[slot] = keyBits;
        slots[slot + 1] = own;
        openBits[own >>> 5] = (openBits[own >>> 5] as number) | (1 << own);
        ownChunk[ownAt + 3] = headers[header + 3] as number;
        if (keepsSizes) {
          sizes[own] = size[index] as number;
          bytes += size[index] as number;
        }
        integers[at] = openedCode;
        integers[at + 2] = own;
      } else {
        const chunk = chunks[entry >>> 15] as Float64Array;
        const partner = (entry & 0x7fff) << 2;
        const partnerTime = chunk[partner + 1] as number;
        if (difference !== 1 || chunk[partner] !== key) break;
        if (direction === 0) {
          if (!(partnerTime > time - before && partnerTime < time + after)) break;
          byRequests++;
        } else {
          if (!(partnerTime > time - after && partnerTime < time + before)) break;
          byResponses++;
        }
        open.emptyOut(slot);
        openBits[entry >>> 5] = (openBits[entry >>> 5] as number) & ~(1 << entry);
        if (keepsSizes) bytes -= sizes[entry] as number;
        integers[at] = matchedCode | ((1 - direction) << 4);
        integers[at + 2] = entry;
      }
      integers[at + 1] = index;
      at += 3;
      identities[identity] = (hash & ~identityMask) | (number + 1);
      generation.count = number + 1;
      ownChunk[ownAt] = key;
      ownChunk[ownAt + 1] = time;
      ownChunk[ownAt + 2] = headers[header + 1] as number;
    }
    const { matched, total } = counters;
    const ofRequests = requests.count - requestCount;
    const ofResponses = index - first - ofRequests;
    const both = byRequests + byResponses;
    log.length += index - first;
    counters.frames += index - first;
    total[0] = (total[0] as number) + ofRequests;
    total[1] = (total[1] as number) + ofResponses;
    matched[0] = (matched[0] as number) + both;
    matched[1] = (matched[1] as number) + both;
    openOf[0] = (openOf[0] as number) + ofRequests - both;
    openOf[1] = (openOf[1] as number) + ofResponses - both;
    open.bytes = bytes;
    open.addOpened(index - first - 2 * both);
    return index;
  }
}
