import { z } from 'zod';
import { correlationTimes } from '../frames/catalog/correlation-times.ts';
import { mostPartitions } from '../runtime/embedded/data-directory.ts';
import { choice, duration, flag, members, reads, text } from '../settings/settings-schema.ts';
import { parseTcpAddress } from '../settings/tcp-address.ts';
import { type RewardsSettings, rewardsSchema } from './rewards/rewards-settings.ts';

const count = (most: number): z.ZodType<number> =>
  reads(`a whole number from 1 to ${most}`, (value) => {
    const number = /^[0-9]{1,15}$/.test(value) ? Number(value) : 0;
    return number >= 1 && number <= most ? number : null;
  });
const name = reads('letters, digits, full stops, underscores and hyphens', (value) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(value) ? value : null,
);
const path = text('a path, relative to the pipeline');

const address = reads('HOST:PORT', (value) => (parseTcpAddress(value) === null ? null : value));

/** Connections that frames come from: those that come to `listen`, or the one that `connect` makes. Times are milliseconds. */
export interface TcpSettings {
  readonly listen?: string | undefined;
  readonly connect?: string | undefined;
  readonly allowRemote?: boolean | undefined;
  readonly connections?: number | undefined;
  readonly idle?: number | undefined;
  readonly unfinished?: number | undefined;
  /** The other side keeps what it sends, and sends it again from any byte on. */
  readonly resume?: boolean | undefined;
}

/** Where frames come from, as the file says it: one of `capture`, `spool`, `topic`, `tcp` and `stdin`. */
export interface SourceSettings {
  readonly tcp?: TcpSettings | undefined;
  readonly stdin?: boolean | undefined;
  readonly capture?: string | undefined;
  readonly spool?: string | undefined;
  readonly topic?: string | undefined;
  readonly name?: string | undefined;
  readonly format?: 'capture' | 'frames' | 'rdw' | 'bdw' | undefined;
  readonly follow?: boolean | undefined;
  readonly done?: string | undefined;
}

/** Who listens for the records of a topic. */
export interface TcpReceiverSettings {
  readonly connect: string;
  readonly allowRemote?: boolean | undefined;
  readonly acknowledged?: boolean | undefined;
}

/** What becomes of a topic besides being written. */
export interface TopicSettings {
  readonly keep?: boolean | undefined;
  readonly retention?: { readonly time?: number | undefined; readonly bytes?: number | undefined } | undefined;
  readonly jsonl?: string | undefined;
  readonly stdout?: boolean | undefined;
  readonly tcp?: TcpReceiverSettings | undefined;
}

/** A pipeline as its file says it: what is not there is absent, times are milliseconds. */
export interface PipelineSettings {
  readonly pipeline: string;
  readonly catalog: string;
  readonly data: string;
  readonly partitions?: number | undefined;
  readonly sources: readonly SourceSettings[];
  readonly correlation?:
    | {
        readonly before?: number | undefined;
        readonly after?: number | undefined;
        readonly grace?: number | undefined;
        readonly disorder?: number | undefined;
        readonly maxFuture?: number | undefined;
        readonly policy?: 'first' | 'last' | 'all' | undefined;
        readonly timeInIdentity?: boolean | undefined;
        readonly maxOpen?: number | undefined;
        readonly maxOpenBytes?: number | undefined;
        readonly maxMemory?: number | undefined;
      }
    | undefined;
  readonly topics?: Readonly<Record<string, TopicSettings>> | undefined;
  readonly rewards?: RewardsSettings | undefined;
}

const source: z.ZodType<SourceSettings> = members({
  capture: path.optional(),
  spool: path.optional(),
  topic: name.optional(),
  tcp: members({
    listen: address.optional(),
    connect: address.optional(),
    allowRemote: flag.optional(),
    connections: count(4096).optional(),
    idle: duration.optional(),
    unfinished: duration.optional(),
    resume: flag.optional(),
  }).optional(),
  stdin: flag.optional(),
  name: name.optional(),
  format: choice(['capture', 'frames', 'rdw', 'bdw']).optional(),
  follow: flag.optional(),
  done: path.optional(),
});

const mostBytes = 2 ** 50;

/** The form of a pipeline file. */
export const pipelineSchema: z.ZodType<PipelineSettings> = members({
  pipeline: name,
  catalog: path,
  data: path,
  partitions: count(mostPartitions).optional(),
  sources: z.array(source, { error: 'a list of sources' }).min(1, { error: 'a list of at least one source' }),
  correlation: members({
    ...correlationTimes,
    policy: choice(['first', 'last', 'all']).optional(),
    timeInIdentity: flag.optional(),
    maxOpen: count(2 ** 24).optional(),
    maxOpenBytes: count(mostBytes).optional(),
    maxMemory: count(mostBytes).optional(),
  }).optional(),
  topics: z
    .record(
      name,
      members({
        keep: flag.optional(),
        retention: members({ time: duration.optional(), bytes: count(mostBytes).optional() }).optional(),
        jsonl: path.optional(),
        stdout: flag.optional(),
        tcp: members({
          connect: address,
          allowRemote: flag.optional(),
          acknowledged: flag.optional(),
        }).optional(),
      }),
      { error: 'a mapping of topics' },
    )
    .optional(),
  rewards: rewardsSchema.optional(),
});
