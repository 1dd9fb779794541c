import type { FrameCheck } from '../frames/frame-check.ts';
import type { FrameFormat } from '../frames/framer.ts';
import type { PipelineSettings, SourceSettings } from '../pipeline/pipeline-schema.ts';
import { sourceName } from '../pipeline/source-problems.ts';
import type { DataDirectory } from '../runtime/embedded/data-directory.ts';
import { topicSource } from '../runtime/embedded/topic-source.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import { captureFile } from '../sources/capture-file.ts';
import { resumedClient } from '../sources/resumed-client.ts';
import { sharedSource } from '../sources/shared-source.ts';
import type { SourceReport } from '../sources/source-report.ts';
import { sharedSpoolDirectory } from '../sources/spool-directory.ts';
import { isInputFile, standardInput } from '../sources/standard-input.ts';
import { tcpClient } from '../sources/tcp-client.ts';
import { tcpListener } from '../sources/tcp-listener.ts';
import type { Source } from '../streams/source.ts';
import { catalogFraming } from './catalog-framing.ts';

/** Make the sources of a pipeline, for each partition its own. */
export function pipelineSources(
  { sources, pipeline }: Pick<PipelineSettings, 'sources' | 'pipeline'>,
  check: FrameCheck,
  data: DataDirectory,
  onReport: (report: SourceReport) => void,
): (partition: number) => readonly Source[] {
  const made = sources.map((source) => {
    // Frames on a line have no capture times, unless somebody puts them there.
    const format = catalogFraming(source.format ?? (source.tcp === undefined ? 'capture' : 'frames'), {}, check);
    return ofPartitions(source, format, pipeline, data, onReport);
  });
  return (partition) => made.flatMap((readers) => readers[partition] ?? []);
}

function ofPartitions(
  source: SourceSettings,
  format: FrameFormat,
  consumer: string,
  data: DataDirectory,
  onReport: (report: SourceReport) => void,
): readonly Source[] {
  const { capture, spool, topic, tcp, done, follow } = source;
  const { partitions } = data;
  const common = { name: sourceName(source), format, follow };
  const each = (make: (partition: number) => Source): readonly Source[] =>
    Array.from({ length: partitions }, (_unused, partition) => make(partition));
  if (capture !== undefined) return each(() => captureFile({ ...common, path: capture }));
  if (spool !== undefined) return sharedSpoolDirectory({ ...common, path: spool, done }, partitions);
  if (topic !== undefined) {
    return each((partition) => {
      return topicSource({ ...common, store: new TopicStore(data.partition(partition)), topic, consumer });
    });
  }
  if (tcp?.listen !== undefined) {
    return sharedSource(tcpListener({ ...tcp, ...common, listen: tcp.listen, onReport }), partitions);
  }
  if (tcp?.connect !== undefined && tcp.resume === true) {
    const { connect, allowRemote } = tcp;
    return each(() => resumedClient({ ...common, connect, allowRemote, onReport }));
  }
  if (tcp?.connect !== undefined) {
    return sharedSource(tcpClient({ ...tcp, ...common, connect: tcp.connect, onReport }), partitions);
  }
  return inputOfPartitions(common.name, format, partitions, true);
}

/** Standard input for each of several partitions: a file is read by each, anything else once for all of them. */
export function inputOfPartitions(
  name: string,
  format: FrameFormat,
  partitions: number,
  live: boolean,
): readonly Source[] {
  if (!isInputFile()) return sharedSource(standardInput({ name, format, live }), partitions);
  return Array.from({ length: partitions }, () => standardInput({ name, format }));
}
