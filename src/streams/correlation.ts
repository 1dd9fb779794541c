import { OverpunchError } from '../errors.ts';
import { CommonFrames } from './common-frames.ts';
import type { CorrelationRule } from './correlate-settings.ts';
import { CorrelationCounters } from './correlation-counters.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { FrameRecords } from './frame-records.ts';
import { InputClock } from './input-clock.ts';
import { entryKinds, type JournalColumns } from './journal-columns.ts';
import { identityHash, keyHash } from './key-hash.ts';
import { KeyTable } from './key-table.ts';
import { KnownIdentities } from './known-identities.ts';
import { OpenEntries } from './open-entries.ts';
import { OutcomeLog, outcomes } from './outcome-log.ts';

/** Kinds of entries up to this one are directions. */
const lastDirection = entryKinds.response;

/**
 * The journal rule: what becomes of each entry of a partition's journal is a function of the entries up to it, and of nothing else.
 *
 * It works on columns, and holds no bytes of frames: those are kept by whoever reads the log, by the index of the open entry.
 */
export class Correlation {
  readonly rule: CorrelationRule;
  readonly keys: KeyTable = new KeyTable();
  readonly counters: CorrelationCounters = new CorrelationCounters();
  readonly inputs: InputClock;
  readonly records: FrameRecords = new FrameRecords();
  readonly log: OutcomeLog = new OutcomeLog(this.records);
  readonly open: OpenEntries;
  /** Identities of requests, and of responses. */
  readonly known: readonly [KnownIdentities, KnownIdentities];
  watermark: number = Number.NEGATIVE_INFINITY;
  readonly openOf: Int32Array = new Int32Array(2);
  readonly queue: DeadlineQueue;
  private readonly common: CommonFrames;
  readonly seed: number;

  constructor(rule: CorrelationRule) {
    this.rule = rule;
    const { before, after, grace, disorder, timeInIdentity: timed } = rule;
    const horizon = Math.max(before, after) + grace + disorder;
    const seed = Math.floor(Math.random() * 0x7fff_ffff); // where entries lie in the tables, never what comes out
    const { keys, records } = this;
    this.seed = seed;
    this.inputs = new InputClock(rule.inputs);
    this.open = new OpenEntries(records, seed, rule.maxOpenBytes < Number.POSITIVE_INFINITY);
    this.known = [
      new KnownIdentities({ direction: 0, timed, horizon, seed, delay: after + grace }, records, keys),
      new KnownIdentities({ direction: 1, timed, horizon, seed, delay: before + grace }, records, keys),
    ];
    this.queue = new DeadlineQueue(records, this.known);
    this.common = new CommonFrames(this);
  }

  /** Take in entries `from` up to `to`; what happens is added to the log. */
  run(columns: JournalColumns, from: number, to: number): void {
    let index = from;
    while (index < to) {
      index = this.common.take(columns, index, to);
      if (index < to && !this.advance(columns, index)) this.take(columns, index++);
    }
  }

  /** Move the clock to the time of a request or a response, unless it has it. Returns whether it moved. */
  private advance(columns: JournalColumns, index: number): boolean {
    const { inputs, rule } = this;
    const { headers } = columns;
    const row = 4 * index;
    const time = headers[row + 2] as number;
    const input = columns.input[index] as number;
    if ((columns.kind[index] as number) > lastDirection || inputs.saw(input, time)) return false;
    if (this.isFuture(columns, index)) return false;
    inputs.see(input, headers, row);
    const watermark = inputs.low - rule.disorder;
    if (watermark > this.watermark) this.raise(watermark, index);
    return true;
  }

  private isFuture(columns: JournalColumns, index: number): boolean {
    return columns.time(index) > (columns.ingested[index] as number) + this.rule.maxFuture;
  }

  /** Take in one entry that the clock was moved to. */
  private take(columns: JournalColumns, index: number): void {
    const { counters, open, rule, seed } = this;
    const { headers } = columns;
    const row = 4 * index;
    const kind = columns.kind[index] as number;
    const time = headers[row + 2] as number;
    if (kind > lastDirection || this.isFuture(columns, index)) {
      this.takeOther(columns, index, kind);
      return;
    }
    counters.frames++;

    if ((headers[row] as number) < 0) headers[row] = this.keys.numberOf(columns.otherKeys.get(index) ?? Number.NaN);
    const keyBits = keyHash(columns.words, 2 * row, seed);
    const hash = identityHash(keyBits, columns.words, 2 * row, rule.timeInIdentity);
    const direction = kind as 0 | 1;
    const known = this.known[direction];
    counters.total[direction] = (counters.total[direction] as number) + 1;
    const isPast = time + known.delay < this.watermark;
    // With its time in it, an identity past its deadline is forgotten, and its entry closed.
    let same = rule.timeInIdentity ? -1 : known.find(hash, headers, row, this.watermark);
    let entry = -1;
    if (same < 0 && !isPast) {
      entry = known.findOrAdd(hash, headers, row);
      if (entry >= 0) same = entry;
      else entry = ~entry;
    }
    if (same >= 0) {
      this.duplicate(columns, index, direction, same);
      return;
    }
    open.scan(keyBits, headers, row, direction);
    if (open.partnerSlot >= 0) {
      if (this.match(columns, index, direction, keyBits)) return;
      open.scanOwn(keyBits, headers, row, direction);
    }
    if (isPast) {
      counters.late[direction] = (counters.late[direction] as number) + 1;
      this.log.addFrame(outcomes.late, index, -1);
      return;
    }
    this.begin(entry, keyBits, direction, headers, row, columns.size[index] as number);
    this.log.addFrame(outcomes.opened, index, entry);
    if (open.count > rule.maxOpen || open.bytes > rule.maxOpenBytes) this.reject(index);
  }

  /** Take in what is neither a request nor a response, or is quarantined. */
  private takeOther(columns: JournalColumns, index: number, kind: number): void {
    const time = columns.time(index);
    const { counters, log } = this;
    if (kind >= entryKinds.tick) {
      this.mark(index, kind, columns.input[index] as number, time);
      return;
    }
    counters.frames++;
    if (kind === entryKinds.unreadable || this.isFuture(columns, index)) {
      counters.quarantined++;
      log.addFrame(kind === entryKinds.unreadable ? outcomes.unreadable : outcomes.future, index, -1);
      return;
    }
    counters.notices++;
    log.addFrame(outcomes.notice, index, -1);
  }

  /** Put an open entry back. Returns its index. */
  reopen(
    direction: 0 | 1,
    key: string | number,
    sequence: number,
    time: number,
    position: number,
    size: number,
  ): number {
    const entry = this.remember(direction, key, sequence, time);
    const header = Float64Array.of(this.keys.numberOf(key), sequence, time, position);
    const keyBits = this.open.hashOf(header[0] as number);
    this.open.scanOwn(keyBits, header, 0, direction);
    this.begin(entry, keyBits, direction, header, 0, size);
    return entry;
  }

  /** Put back an identity, unless it is known. Returns its entry. */
  remember(direction: 0 | 1, key: string | number, sequence: number, time: number): number {
    const identity = Float64Array.of(this.keys.numberOf(key), sequence, time);
    const known = this.known[direction];
    const entry = known.findOrAdd(known.hashOf(identity, 0), identity, 0);
    return entry < 0 ? ~entry : entry;
  }

  /** Bytes of all tables, without the log. */
  get memory(): number {
    const { known, open, queue, records } = this;
    return records.memory + open.memory + queue.memory + known[0].memory + known[1].memory;
  }

  private mark(index: number, kind: number, input: number, elapsed: number): void {
    let { watermark } = this;
    if (kind === entryKinds.tick) {
      if (!(elapsed >= 0)) throw new OverpunchError('USAGE', `a tick of ${elapsed} ms: expected 0 or more`);
      // Before the first frame there is no time that could go on; the end of a replay is the end all the same.
      watermark = elapsed === Number.POSITIVE_INFINITY ? elapsed : watermark + elapsed;
    } else {
      this.inputs.mark(input, kind === entryKinds.idle);
      watermark = this.inputs.low - this.rule.disorder;
    }
    if (watermark > this.watermark) this.raise(watermark, index);
  }

  /** Move the watermark, close what it passed and forget the identities that it passed. */
  private raise(watermark: number, index: number): void {
    this.watermark = watermark;
    for (let entry = this.queue.take(watermark); entry >= 0; entry = this.queue.take(watermark)) {
      const direction = this.records.direction(entry);
      this.counters.unmatched[direction] = (this.counters.unmatched[direction] as number) + 1;
      this.close(outcomes.unmatched, index, entry, direction);
      this.open.remove(entry);
    }
    this.known[0].forget(watermark);
    this.known[1].forget(watermark);
  }

  /** Open the entry of an identity whose key was scanned. */
  private begin(
    entry: number,
    keyBits: number,
    direction: 0 | 1,
    headers: Float64Array,
    row: number,
    size: number,
  ): void {
    const { open, openOf, queue } = this;
    if (open.keepsSizes) open.setSize(entry, size);
    open.add(entry, keyBits, direction, headers, row);
    openOf[direction] = (openOf[direction] as number) + 1;
    if ((headers[row + 2] as number) + this.known[direction].delay < queue.end) this.queueUp(entry, direction);
  }

  private queueUp(entry: number, direction: 0 | 1): void {
    this.queue.insert(entry, this.records.time(entry) + this.known[direction].delay);
  }

  /** Match a frame whose key was scanned to the oldest partner in its window, or all. Returns whether there was one. */
  private match(columns: JournalColumns, index: number, direction: 0 | 1, keyBits: number): boolean {
    const { counters, open, rule } = this;
    const { headers } = columns;
    const row = 4 * index;
    const { before, after } = rule;
    const earlier = direction === 0 ? before : after;
    const later = direction === 0 ? after : before;
    const other = (1 - direction) as 0 | 1;
    let partner = open.findPartner(headers, row, earlier, later);
    if (partner === 0) return false;
    counters.matched[direction] = (counters.matched[direction] as number) + 1;
    let kind: number = outcomes.matched;
    do {
      counters.matched[other] = (counters.matched[other] as number) + 1;
      this.close(kind, index, partner, other);
      open.removePartner(partner);
      if (rule.policy !== 'all' || direction === 0) break;
      kind = outcomes.alsoMatched;
      open.scan(keyBits, headers, row, direction);
      partner = open.partnerSlot < 0 ? 0 : open.findPartner(headers, row, earlier, later);
    } while (partner > 0);
    return true;
  }

  private duplicate(columns: JournalColumns, index: number, direction: 0 | 1, same: number): void {
    const { counters, open, records, rule } = this;
    counters.duplicate[direction] = (counters.duplicate[direction] as number) + 1;
    if (rule.policy !== 'last' || !records.isOpen(same)) {
      this.log.addFrame(outcomes.duplicate, index, -1);
      return;
    }
    this.log.addEntry(outcomes.replaced, index, same, direction);
    open.replace(same, columns.position(index), columns.size[index] as number);
    if (records.time(same) + this.known[direction].delay < this.queue.end) this.queueUp(same, direction);
    if (open.bytes > rule.maxOpenBytes) this.reject(index);
  }

  /** Close the entries with the earliest deadlines until the caps are kept. */
  private reject(index: number): void {
    const { open, rule } = this;
    while (open.count > rule.maxOpen || open.bytes > rule.maxOpenBytes) {
      const entry = this.queue.take(Number.POSITIVE_INFINITY);
      if (entry < 0) throw new OverpunchError('ACCOUNT', `${open.count} entries are open, and none has a deadline`);
      const direction = this.records.direction(entry);
      this.counters.rejected[direction] = (this.counters.rejected[direction] as number) + 1;
      this.close(outcomes.rejected, index, entry, direction);
      open.remove(entry);
    }
  }

  private close(kind: number, index: number, entry: number, direction: number): void {
    this.log.addEntry(kind, index, entry, direction);
    this.openOf[direction] = (this.openOf[direction] as number) - 1;
  }
}
