import { OverpunchError } from '../errors.ts';
import type { CorrelationRule } from './correlate-settings.ts';
import { CorrelationCounters } from './correlation-counters.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { FrameRecords } from './frame-records.ts';
import { InputClock } from './input-clock.ts';
import { entryKinds, type JournalColumns } from './journal-columns.ts';
import { KeyTable } from './key-table.ts';
import { KnownIdentities } from './known-identities.ts';
import { fetchLength, OpenEntries } from './open-entries.ts';
import { OutcomeLog, outcomes } from './outcome-log.ts';

/**
 * The journal rule: what becomes of each entry of a partition's journal is a function of the entries up to it, and of nothing else.
 *
 * It works on columns, and holds no bytes of frames: those are kept by whoever reads the log, by the index of the open entry.
 */
export class Correlation {
  readonly rule: CorrelationRule;
  readonly log: OutcomeLog = new OutcomeLog();
  readonly keys: KeyTable = new KeyTable();
  readonly counters: CorrelationCounters = new CorrelationCounters();
  readonly inputs: InputClock;
  readonly records: FrameRecords = new FrameRecords();
  readonly open: OpenEntries;
  /** Identities of requests, and of responses. */
  readonly known: readonly [KnownIdentities, KnownIdentities];
  watermark: number = Number.NEGATIVE_INFINITY;
  readonly openOf: Int32Array = new Int32Array(2);
  private readonly queue: DeadlineQueue;
  /** Hashes of the keys that were fetched. */
  private readonly hashes: Int32Array = new Int32Array(fetchLength);

  constructor(rule: CorrelationRule) {
    this.rule = rule;
    const { before, after, grace, disorder, timeInIdentity: timed } = rule;
    const horizon = Math.max(before, after) + grace + disorder;
    const seed = Math.floor(Math.random() * 0x7fff_ffff); // where entries lie in the tables, never what comes out
    const { keys, records } = this;
    this.inputs = new InputClock(rule.inputs);
    this.open = new OpenEntries(records, seed);
    this.known = [
      new KnownIdentities({ timed, horizon, seed, delay: after + grace }, records, keys),
      new KnownIdentities({ timed, horizon, seed, delay: before + grace }, records, keys),
    ];
    this.queue = new DeadlineQueue(records, this.known);
  }

  /** Take in entries `from` up to `to`; what happens is added to the log. */
  run(columns: JournalColumns, from: number, to: number): void {
    for (let start = from; start < to; start += fetchLength) {
      const end = Math.min(to, start + fetchLength);
      this.fetch(columns, start, end);
      for (let index = start; index < end; index++) this.take(columns, index, this.hashes[index - start] as number);
    }
  }

  /** Hash the keys of entries `from` up to `to`, and have ready what is open of them. */
  private fetch(columns: JournalColumns, from: number, to: number): void {
    const { hashes, open } = this;
    const { identity, kind } = columns;
    for (let index = from; index < to; index++) {
      if ((kind[index] as number) > entryKinds.response) continue;
      if ((identity[3 * index] as number) < 0) {
        identity[3 * index] = this.keys.numberOf(columns.otherKeys.get(index) ?? Number.NaN);
      }
      hashes[index - from] = open.keyBits(identity, 3 * index);
    }
    open.fetch(hashes, to - from);
  }

  /** Take in one entry; `keyBits` is the hash of its key if it has one. */
  private take(columns: JournalColumns, index: number, keyBits: number): void {
    const kind = columns.kind[index] as number;
    const time = columns.identity[3 * index + 2] as number;
    const input = columns.input[index] as number;
    if (kind >= entryKinds.tick) {
      this.mark(index, kind, input, time);
      return;
    }
    this.counters.frames++;
    if (kind === entryKinds.unreadable || time > (columns.ingested[index] as number) + this.rule.maxFuture) {
      this.counters.quarantined++;
      this.log.addFrame(kind === entryKinds.unreadable ? outcomes.unreadable : outcomes.future, index, -1);
      return;
    }
    if (kind === entryKinds.notice) {
      this.counters.notices++;
      this.log.addFrame(outcomes.notice, index, -1);
      return;
    }
    this.inputs.see(input, time);
    const watermark = this.inputs.low - this.rule.disorder;
    if (watermark > this.watermark) {
      this.watermark = watermark;
      this.pass(index);
    }
    this.frame(columns, index, kind as 0 | 1, keyBits);
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
    const identity = Float64Array.of(this.keys.numberOf(key), sequence, time);
    this.open.scan(this.open.keyBits(identity, 0), identity, 0, direction);
    this.begin(entry, direction, position, size);
    return entry;
  }

  /** Put back an identity, unless it is known. Returns its entry. */
  remember(direction: 0 | 1, key: string | number, sequence: number, time: number): number {
    const identity = Float64Array.of(this.keys.numberOf(key), sequence, time);
    const known = this.known[direction];
    const entry = known.findOrAdd(known.hashOf(this.open.keyBits(identity, 0), identity, 0), identity, 0);
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
    if (watermark > this.watermark) {
      this.watermark = watermark;
      this.pass(index);
    }
  }

  /** Move the watermark, close what it passed and forget the identities that it passed. */
  private pass(index: number): void {
    const { watermark } = this;
    for (let entry = this.queue.take(watermark); entry >= 0; entry = this.queue.take(watermark)) {
      const direction = this.records.direction(entry);
      this.counters.unmatched[direction] = (this.counters.unmatched[direction] as number) + 1;
      this.close(outcomes.unmatched, index, entry, direction);
      this.open.remove(entry);
    }
    this.known[0].forget(watermark);
    this.known[1].forget(watermark);
  }

  private frame(columns: JournalColumns, index: number, direction: 0 | 1, keyBits: number): void {
    const { counters, open, rule, watermark } = this;
    const { identity } = columns;
    const from = 3 * index;
    counters.total[direction] = (counters.total[direction] as number) + 1;

    const known = this.known[direction];
    const hash = known.hashOf(keyBits, identity, from);
    const isPast = (identity[from + 2] as number) + known.delay < watermark;
    // With its time in it, an identity past its deadline is forgotten, and its entry closed.
    let same = rule.timeInIdentity ? -1 : known.find(hash, identity, from, watermark);
    let entry = -1;
    if (same < 0 && !isPast) {
      entry = known.findOrAdd(hash, identity, from);
      if (entry >= 0) same = entry;
      else entry = ~entry;
    }
    if (same >= 0) {
      this.duplicate(columns, index, direction, same);
      return;
    }
    open.scan(keyBits, identity, from, direction);
    if (open.partner >= 0 && this.match(columns, index, direction, keyBits)) return;
    if (isPast) {
      counters.late[direction] = (counters.late[direction] as number) + 1;
      this.log.addFrame(outcomes.late, index, -1);
      return;
    }
    this.begin(entry, direction, columns.position[index] as number, columns.size[index] as number);
    this.log.addFrame(outcomes.opened, index, entry);
    if (open.count > rule.maxOpen || open.bytes > rule.maxOpenBytes) this.reject(index);
  }

  /** Open the entry of an identity whose key was scanned. */
  private begin(entry: number, direction: 0 | 1, position: number, size: number): void {
    this.open.add(entry, position, size);
    this.openOf[direction] = (this.openOf[direction] as number) + 1;
    this.queue.insert(entry);
  }

  /** Match a frame whose key was scanned to the oldest partner in its window, or all. Returns whether there was one. */
  private match(columns: JournalColumns, index: number, direction: 0 | 1, keyBits: number): boolean {
    const { counters, open, rule } = this;
    const { identity } = columns;
    const from = 3 * index;
    const { before, after } = rule;
    const earlier = direction === 0 ? before : after;
    const later = direction === 0 ? after : before;
    const other = (1 - direction) as 0 | 1;
    let partner = open.findPartner(identity, from, earlier, later);
    if (partner < 0) return false;
    counters.matched[direction] = (counters.matched[direction] as number) + 1;
    let kind: number = outcomes.matched;
    do {
      counters.matched[other] = (counters.matched[other] as number) + 1;
      this.close(kind, index, partner, other);
      open.removePartner(partner);
      if (rule.policy !== 'all' || direction === 0) break;
      kind = outcomes.alsoMatched;
      open.scan(keyBits, identity, from, direction);
      partner = open.findPartner(identity, from, earlier, later);
    } while (partner >= 0);
    return true;
  }

  private duplicate(columns: JournalColumns, index: number, direction: 0 | 1, same: number): void {
    const { counters, open, records, rule } = this;
    counters.duplicate[direction] = (counters.duplicate[direction] as number) + 1;
    if (rule.policy !== 'last' || !records.isOpen(same)) {
      this.log.addFrame(outcomes.duplicate, index, -1);
      return;
    }
    this.log.addEntry(outcomes.replaced, index, same, direction, records);
    open.replace(same, columns.position[index] as number, columns.size[index] as number);
    this.queue.insert(same);
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
    this.log.addEntry(kind, index, entry, direction, this.records);
    this.openOf[direction] = (this.openOf[direction] as number) - 1;
  }
}
