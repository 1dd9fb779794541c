import { OverpunchError } from '../errors.ts';
import type { Table } from '../state/environment.ts';
import { writeBetBlock } from './bet-block.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { RewardCounts } from './reward-counts.ts';
import { engineOf, type RewardEngine } from './reward-engine.ts';
import { type PartitionPlace, RewardState } from './reward-state.ts';
import { savedBet } from './saved-bet.ts';
import { jsonBytes, numberedKey, readJson, recordKinds } from './saved-key.ts';
import { StateReader } from './state-reader.ts';
import type { SavedTransfers } from './transfers.ts';

/** An engine whose state lies in a table. */
export interface RewardStore {
  /** It is another one after `rollback`. */
  readonly engine: RewardEngine;
  /** Inside of a commit: write what changed on balance since the last time. */
  save(): void;
  /** Go back to what was committed last. */
  rollback(): void;
}

interface Control {
  readonly version: number;
  readonly partition: number;
  readonly partitions: number;
  readonly clock: number | null;
  readonly largest: number | null;
  readonly horizon: number | null;
  readonly counts: RewardCounts;
  /** Sequence number of the first bet in the book, and of the next one. */
  readonly bets: readonly [number, number];
  readonly transfers: SavedTransfers;
}

const version = 3; // 1 had the fates of coupons with each of them only; 1 and 2 had numbers of campaigns that gave nothing
const controlKey = numberedKey(recordKinds.control);
const campaignsKey = numberedKey(recordKinds.campaigns);

/**
 * Open the engine of a partition whose state lies in a table, which is its alone, or make it. `compile` makes the matcher of the text of campaigns
 * that was kept.
 *
 * Throws STATE_INCOMPATIBLE for the state of another partition, of another number of partitions, or of another version.
 */
export function openRewardStore(
  table: Table,
  place: PartitionPlace,
  compile: (text: string) => CampaignMatcher,
): RewardStore {
  let saver = load(table, place, compile);
  return {
    get engine() {
      return saver.engine;
    },
    save: () => saver.save(),
    rollback() {
      saver = load(table, place, compile);
    },
  };
}

/** Writes what changes in a state. */
class RewardSaver {
  readonly engine: RewardEngine;
  private readonly state: RewardState;
  private readonly table: Table;
  /** Version of the campaigns that were written. */
  private campaigns: number;
  /** Sequence number up to which bets were written. */
  private written: number;
  /** The blocks in which they lie: the first of each and the one behind its last. */
  private readonly blocks: { readonly first: number; readonly end: number }[];

  constructor(state: RewardState, table: Table, blocks: { readonly first: number; readonly end: number }[]) {
    this.state = state;
    this.table = table;
    this.engine = engineOf(state);
    this.campaigns = this.engine.version;
    this.written = state.book.end;
    this.blocks = blocks;
  }

  save(): void {
    const { state, table } = this;
    for (const record of state.changes.take()) record.save(table);
    if (this.engine.version !== this.campaigns) {
      this.campaigns = this.engine.version;
      table.put(campaignsKey, Buffer.from(state.text));
    }
    this.saveBets();
    table.put(controlKey, jsonBytes(this.control()));
  }

  private saveBets(): void {
    const { state, table, blocks } = this;
    const { book } = state;
    for (const sequence of state.leftBets) table.delete(numberedKey(recordKinds.bet, sequence));
    state.leftBets = [];
    for (const sequence of state.changedBets) {
      table.put(numberedKey(recordKinds.bet, sequence), savedBet(book, sequence));
    }
    state.changedBets.clear();
    const first = Math.max(this.written, book.first);
    if (first < book.end) {
      table.put(numberedKey(recordKinds.bets, first), writeBetBlock(book, first, book.end));
      blocks.push({ first, end: book.end });
    }
    this.written = book.end;
    while (blocks.length > 0 && (blocks[0] as { readonly end: number }).end <= book.first) {
      const { first: gone } = blocks.shift() as { readonly first: number };
      table.delete(numberedKey(recordKinds.bets, gone));
    }
  }

  private control(): Control {
    const { partition, partitions, clock, largest, book, counts, transfers } = this.state;
    return {
      version,
      partition,
      partitions,
      clock: finite(clock),
      largest: finite(largest),
      horizon: finite(book.horizon),
      counts,
      bets: [book.first, book.end],
      transfers: transfers.save(),
    };
  }
}

function load(table: Table, place: PartitionPlace, compile: (text: string) => CampaignMatcher): RewardSaver {
  const state = new RewardState(place, true);
  const saved = table.get(controlKey);
  if (saved === undefined) return new RewardSaver(state, table, []);
  const control = readJson(saved) as Control;
  checkPlace(control, place);
  const none = Number.NEGATIVE_INFINITY;
  state.clock = control.clock ?? none;
  state.largest = control.largest ?? none;
  state.counts = control.counts;
  state.transfers.restore(control.transfers);
  state.restoreHorizon(control.horizon ?? none);
  const reader = new StateReader(state);
  for (const { key, value } of table.range()) reader.read(key, value);
  reader.finish();
  if (reader.blocks.length === 0) state.book.begin(control.bets[1]);
  state.book.finish(control.bets[0]);
  const text = table.get(campaignsKey);
  if (text !== undefined) {
    const campaigns = Buffer.from(text).toString();
    state.reload(compile(campaigns), campaigns);
  }
  state.coupons.line(state.clock);
  state.changes.take();
  return new RewardSaver(state, table, reader.blocks);
}

function checkPlace({ version: its, partition, partitions }: Control, place: PartitionPlace): void {
  if (its >= 1 && its <= version && partition === place.partition && partitions === place.partitions) return;
  throw new OverpunchError(
    'STATE_INCOMPATIBLE',
    `the state of rewards is of version ${its}, partition ${partition} of ${partitions}; this is version ${version}, partition ${place.partition} of ${place.partitions}`,
    { hint: 'start with as many partitions as before, or with an empty data directory' },
  );
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}
