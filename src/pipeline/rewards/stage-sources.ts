import type { FrameFormat } from '../../frames/framer.ts';
import { incomingSource } from '../../runtime/embedded/repartition.ts';
import type { TopicStore } from '../../runtime/embedded/topic-store.ts';
import { captureFile } from '../../sources/capture-file.ts';
import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../../streams/source.ts';
import { TakenFrame } from '../../streams/taken-frame.ts';
import type { CampaignFile } from './campaign-file.ts';
import { campaignsSource } from './campaigns-source.ts';
import type { KeptTexts } from './kept-texts.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import type { StageProgress } from './stage-progress.ts';

/** What an input of the rewards stage holds. */
export type InputKind = 'events' | 'campaigns' | 'coupons' | 'races' | 'points-of-sale' | 'shares';

/** An input of the rewards stage. */
export interface StageInput {
  readonly kind: InputKind;
  readonly source: Source;
}

const lines: FrameFormat = { format: 'text' };

/**
 * Make the inputs of the rewards stage in a partition, in the order they keep: events from all partitions of the flow, files, and share messages.
 *
 * Events wait at the start until the files are read as far as they go. All end when the flow has ended and nothing is on its way any more.
 * `now` stamps what comes by the clock; without it events keep the time at which their frames were taken in.
 */
export function stageInputs(
  settings: RewardsSettings,
  partition: number,
  stores: readonly TopicStore[],
  progress: StageProgress,
  campaigns: { readonly file: CampaignFile; readonly kept: KeptTexts },
  now: (() => number) | null,
): readonly StageInput[] {
  const follow = settings.follow ?? false;
  const file = (kind: InputKind, path: string | undefined): StageInput[] => {
    if (path === undefined) return [];
    return [{ kind, source: captureFile({ path, format: lines, name: kind, follow, marked: true }) }];
  };
  const files: readonly StageInput[] = [
    { kind: 'campaigns', source: campaignsSource(campaigns.file, campaigns.kept) },
    ...file('coupons', settings.coupons),
    ...file('races', settings.races),
    ...file('points-of-sale', settings.pointsOfSale),
  ];
  const fromAll = (kind: 'events' | 'shares'): Source => {
    return incomingSource({ topic: progress[kind], partition, stores, name: kind });
  };
  const isOver = (): boolean => progress.isQuiet;
  const wake = (): Promise<void> => progress.next(partition);
  const fileSources = files.map(({ source }) => source);
  const events = new StageSource(fromAll('events'), isOver, now, fileSources, wake);
  return [
    { kind: 'events', source: events },
    ...files.map(({ kind, source }) => ({ kind, source: new StageSource(source, isOver, now, [], null) })),
    { kind: 'shares', source: new StageSource(fromAll('shares'), isOver, now, [], null) },
  ];
}

/** A source that ends with the stage, and waits until others were read as far as they go. */
class StageSource implements Source {
  readonly name: string;
  readonly ready?: () => Promise<void>;
  readonly #source: Source;
  readonly #isOver: () => boolean;
  readonly #now: (() => number) | null;
  readonly #before: readonly Source[];
  #begun = false;

  constructor(
    source: Source,
    isOver: () => boolean,
    now: (() => number) | null,
    before: readonly Source[],
    wake: (() => Promise<void>) | null,
  ) {
    this.name = source.name;
    this.#source = source;
    this.#isOver = isOver;
    this.#now = now;
    this.#before = before;
    if (wake !== null) this.ready = wake;
  }

  get status(): SourceStatus {
    const { status } = this.#source;
    if (status === 'caught-up' || status === 'disconnected') return this.#isOver() ? 'ended' : status;
    return status === 'ended' && !this.#isOver() ? 'caught-up' : status;
  }

  open(position: string | null): void {
    this.#source.open(position);
  }

  read(limit: ReadLimit): SourceRead | null {
    this.#begun ||= this.#before.every(({ status }) => status !== 'reading');
    if (!this.#begun) return null;
    return this.#stamped(this.#source.read(limit));
  }

  handed(frames: readonly SourceFrame[], offset: number): SourceRead | null {
    return this.#begun ? this.#stamped(this.#source.handed?.(frames, offset) ?? null) : null;
  }

  again(range: string): ReturnType<NonNullable<Source['again']>> {
    return this.#source.again?.(range) ?? [];
  }

  async settled(): Promise<void> {
    await this.#source.settled?.();
  }

  save(position: string): void {
    this.#source.save?.(position);
  }

  committed(position: string): void {
    this.#source.committed?.(position);
  }

  close(): void {
    this.#source.close();
  }

  #stamped(read: SourceRead | null): SourceRead | null {
    if (read === null || this.#now === null || read.range !== null) return read;
    const ingested = this.#now();
    return { ...read, frames: read.frames.map((frame) => stamped(frame, ingested)) };
  }
}

/** Nearly all frames have no other members. */
function stamped(frame: SourceFrame, ingested: number): SourceFrame {
  const { bytes, garbage, first, line } = frame;
  const isPlain = garbage === undefined && first === undefined && line === undefined;
  return isPlain ? new TakenFrame(bytes, ingested) : { ...frame, ingested };
}
