import { stateTable } from '../pipeline/correlation-table.ts';
import { ProgressTable } from '../runtime/embedded/progress.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import type { Environment } from '../state/environment.ts';
import { stateOverview } from '../streams/state-overview.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { flag } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { textTable } from './text-table.ts';
import { openTopics, type TopicOptions, topicOptions } from './topic-options.ts';
import { unknownTopic } from './unknown-topic.ts';

/** What `topic list` can be told. */
export interface TopicListOptions extends TopicOptions {
  readonly json?: boolean;
}

interface TopicRow {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly end: number;
  readonly bytes: number;
  readonly latest: string | null;
  readonly consumers: readonly { readonly consumer: string; readonly lag: number }[];
}

interface PipelineRow {
  readonly pipeline: string;
  readonly partition: number;
  readonly finished: boolean;
  /** `end`: behind the end of all inputs. */
  readonly watermark: string | null;
  readonly open: number;
  readonly oldestRequest: { readonly key: string; readonly time: string } | null;
  readonly heldBy: string | null;
}

/** `overpunch topic list [TOPIC]`: what a data directory holds, and how far its pipelines are. */
export const topicListCommand: Command<TopicListOptions> = {
  name: 'topic list',
  summary: 'List the topics of a data directory, who reads them, and how far the pipelines are that write them.',
  operand: { name: 'topic', many: false, optional: true, summary: 'only this topic' },
  examples: [
    ['overpunch topic list --data day', 'all topics and pipelines'],
    ['overpunch topic list bets --data day --json', 'one topic, as JSON'],
  ],
  options: { ...topicOptions, json: flag('Output', 'print JSON') },
  async run([topic], options) {
    const data = openTopics('topic list', options);
    try {
      const environments = Array.from({ length: data.partitions }, (_unused, partition) => data.partition(partition));
      const topics = environments.flatMap((environment, partition) => topicRows(environment, partition, topic));
      if (topic !== undefined && topics.length === 0) throw unknownTopic(topic, environments);
      const pipelines = environments.flatMap(pipelineRows);
      const output = new BatchedWriter(standardOutput());
      if (options.json === true) output.add(`${JSON.stringify({ topics, pipelines }, null, 2)}\n`);
      else output.add(`${topicTable(topics)}\n${pipelineTable(pipelines)}`);
      await output.commit();
      return 0;
    } finally {
      await data.close();
    }
  },
};

function topicRows(environment: Environment, partition: number, wanted: string | undefined): readonly TopicRow[] {
  const store = new TopicStore(environment);
  return store
    .names()
    .filter((topic) => wanted === undefined || topic === wanted)
    .map((topic) => {
      const { first, end, bytes, time } = store.extent(topic);
      const consumers = store.consumers(topic).map(({ consumer, position }) => ({ consumer, lag: end - position }));
      return { topic, partition, first, end, bytes, latest: timeText(time), consumers };
    });
}

function pipelineRows(environment: Environment, partition: number): readonly PipelineRow[] {
  const progress = new ProgressTable(environment);
  return progress.pipelines().map((pipeline) => {
    const { finished, watermark, inputs } = progress.get(pipeline);
    const overview = stateOverview(stateTable(environment, pipeline).range());
    const held = overview?.heldBy;
    const name = held === null || held === undefined ? null : (inputs[held.input]?.name ?? String(held.input));
    const oldest = overview?.oldestRequest;
    const { requests, responses } = overview?.account ?? { requests: null, responses: null };
    return {
      pipeline,
      partition,
      finished,
      watermark: overview?.watermark === Number.POSITIVE_INFINITY ? 'end' : timeText(overview?.watermark ?? watermark),
      open: (requests?.open ?? 0) + (responses?.open ?? 0),
      oldestRequest: oldest == null ? null : { key: String(oldest.key), time: timeText(oldest.time) ?? '' },
      heldBy: finished ? null : name,
    };
  });
}

function topicTable(rows: readonly TopicRow[]): string {
  const cells = rows.map(({ topic, partition, first, end, bytes, latest, consumers }) => {
    const lags = consumers.map(({ consumer, lag }) => `${consumer} ${lag}`).join(', ');
    return [topic, String(partition), String(first), String(end), String(bytes), latest ?? '', lags];
  });
  const heading = ['TOPIC', 'PARTITION', 'FIRST', 'END', 'BYTES', 'LATEST TIME', 'CONSUMERS AND LAG'];
  return textTable(heading, cells, new Set([1, 2, 3, 4]));
}

function pipelineTable(rows: readonly PipelineRow[]): string {
  const cells = rows.map(({ pipeline, partition, finished, watermark, open, oldestRequest, heldBy }) => {
    const oldest = oldestRequest === null ? '' : `${oldestRequest.time} ${oldestRequest.key}`;
    return [pipeline, String(partition), finished ? 'yes' : 'no', watermark ?? '', String(open), oldest, heldBy ?? ''];
  });
  const heading = ['PIPELINE', 'PARTITION', 'FINISHED', 'WATERMARK', 'OPEN', 'OLDEST OPEN REQUEST', 'HELD BY INPUT'];
  return textTable(heading, cells, new Set([1, 4]));
}

function timeText(time: number | null): string | null {
  return time === null || !Number.isFinite(time) ? null : new Date(time).toISOString();
}
