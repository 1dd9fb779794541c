import { openBlockTable } from '../state/block-table.ts';
import type { Environment, Table } from '../state/environment.ts';
import type { CorrelateSettings } from '../streams/correlate-settings.ts';
import type { CorrelationAccount, DirectionAccount } from '../streams/correlation-account.ts';
import { type Correlator, createCorrelator } from '../streams/correlator.ts';
import type { StateChange } from '../streams/state-entry.ts';
import { Latencies } from './latencies.ts';

/** What a flow counted since its beginning. */
export interface FlowCounts {
  readonly account: CorrelationAccount;
  /** Matched pairs that do not decode. */
  readonly undecoded: number;
  /** Milliseconds from request to response. */
  readonly latencies: Latencies;
  /** Records by topic. */
  readonly records: ReadonlyMap<string, number>;
}

interface Saved {
  readonly version: number;
  readonly account: CorrelationAccount | null;
  readonly undecoded: number;
  readonly records: readonly (readonly [string, number])[];
}

const version = 1;
// Keys of the correlation's state begin with other bytes.
const countsKey = Uint8Array.of(0);
const latenciesKey = Uint8Array.of(0, 0);
const recentKey = Uint8Array.of(0, 1);

/** Open the table of a pipeline's state in its environment. */
export function stateTable(environment: Environment, pipeline: string): Table {
  return openBlockTable(environment, `flow-${pipeline}`);
}

/** The state of a flow in one partition: its correlation and what it counted, in memory and in a table. */
export class CorrelationTable implements FlowCounts {
  readonly #table: Table;
  readonly #settings: CorrelateSettings;
  #correlator!: Correlator;
  /** What was counted before the last end of the inputs. */
  #before: CorrelationAccount | null = null;
  #changes: StateChange[] = [];
  undecoded = 0;
  latencies: Latencies = new Latencies();
  readonly records: Map<string, number> = new Map();

  constructor(table: Table, settings: CorrelateSettings) {
    this.#table = table;
    this.#settings = settings;
    this.load();
  }

  get correlator(): Correlator {
    return this.#correlator;
  }

  get account(): CorrelationAccount {
    const { account } = this.#correlator;
    return this.#before === null ? account : sumOfAccounts(this.#before, account);
  }

  /** Whether all inputs have ended, so that all is closed. */
  get ended(): boolean {
    return this.#correlator.watermark === Number.POSITIVE_INFINITY;
  }

  /** Begin anew behind the end of the inputs: what they have got since is correlated by itself. */
  beginAnew(): void {
    this.#changes.push(...this.#correlator.changes());
    this.#before = this.account;
    this.#correlator = this.#newCorrelator();
  }

  /** Count records of a topic. */
  count(topic: string, records: number): void {
    this.records.set(topic, (this.records.get(topic) ?? 0) + records);
  }

  /** Go back to what was committed last. */
  load(): void {
    this.#correlator = this.#newCorrelator();
    this.#correlator.restore(this.#table.range({ from: Uint8Array.of(1) }));
    this.#changes = [];
    const counts = this.#table.get(countsKey);
    const saved = counts === undefined ? null : (JSON.parse(Buffer.from(counts).toString()) as Saved);
    this.#before = saved?.account ?? null;
    this.undecoded = saved?.undecoded ?? 0;
    this.latencies = new Latencies();
    const latencies = this.#table.get(latenciesKey);
    if (latencies !== undefined) this.latencies.restore(latencies);
    const recent = this.#table.get(recentKey);
    if (recent !== undefined) this.latencies.restoreRecent(recent);
    this.records.clear();
    for (const [topic, count] of saved?.records ?? []) this.records.set(topic, count);
  }

  /** Write what changed, inside of a commit. */
  save(): void {
    this.#apply(this.#changes);
    this.#apply(this.#correlator.changes());
    this.#changes = [];
    this.#saveCounts(this.#before);
  }

  #apply(changes: readonly StateChange[]): void {
    for (const { key, value } of changes) {
      if (value === null) this.#table.delete(key);
      else this.#table.put(key, value);
    }
  }

  /** Keep what was counted and nothing else, inside of a commit: what loads it next may have any settings. All has to be closed. */
  forget(): void {
    for (const { key } of [...this.#table.range()]) this.#table.delete(key);
    this.#table.put(latenciesKey, this.latencies.save());
    this.latencies.beginRecent();
    this.#saveCounts(this.account);
  }

  #newCorrelator(): Correlator {
    return createCorrelator(this.#settings, { durable: true, stored: (key) => this.#table.get(key) });
  }

  #saveCounts(account: CorrelationAccount | null): void {
    const records = [...this.records].sort(([one], [other]) => (one < other ? -1 : 1)); // whatever the batches are
    const saved: Saved = { version, account, undecoded: this.undecoded, records };
    const recent = this.latencies.saveRecent();
    if (recent === null) {
      this.#table.put(latenciesKey, this.latencies.save());
      this.#table.delete(recentKey);
      this.latencies.beginRecent();
    } else this.#table.put(recentKey, recent);
    this.#table.put(countsKey, Buffer.from(JSON.stringify(saved)));
  }
}

/** Add two accounts up, member by member. */
export function sumOfAccounts(one: CorrelationAccount, other: CorrelationAccount): CorrelationAccount {
  return {
    frames: one.frames + other.frames,
    notices: one.notices + other.notices,
    quarantined: one.quarantined + other.quarantined,
    requests: sumOfDirections(one.requests, other.requests),
    responses: sumOfDirections(one.responses, other.responses),
  };
}

function sumOfDirections(one: DirectionAccount, other: DirectionAccount): DirectionAccount {
  return {
    total: one.total + other.total,
    matched: one.matched + other.matched,
    unmatched: one.unmatched + other.unmatched,
    late: one.late + other.late,
    duplicate: one.duplicate + other.duplicate,
    rejected: one.rejected + other.rejected,
    open: one.open + other.open,
  };
}
