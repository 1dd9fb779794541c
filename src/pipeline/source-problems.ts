import { resolve } from 'node:path';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import { addressProblems } from './address-problems.ts';
import { pipelineProblem } from './pipeline-problem.ts';
import type { PipelineSettings, SourceSettings, TcpSettings } from './pipeline-schema.ts';

type PositionOf = (path: YamlPath) => SourcePosition;

/** What is wrong with the sources of a pipeline that lies in a folder, beyond their form. */
export function* sourceProblems(
  { sources }: PipelineSettings,
  folder: string,
  positionOf: PositionOf,
): Generator<SettingsProblem> {
  const topics: number[] = [];
  const names = new Set<string>();
  const places = new Map<string, number>();
  for (const [index, source] of sources.entries()) {
    const place = `sources.${index}`;
    const position = positionOf(['sources', index]);
    yield* kindProblems(place, source, position);
    if (source.tcp !== undefined)
      yield* tcpProblems(`${place}.tcp`, source, source.tcp, positionOf(['sources', index, 'tcp']));
    const own = sourceName(source);
    const file = source.capture ?? source.spool;
    const path = file === undefined ? `${own}\n` : resolve(folder, file);
    const same = places.get(path);
    if (file !== undefined && same !== undefined) {
      const message = `${place} reads ${file}, as sources.${same} does: every frame of it would come twice`;
      yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'another file or folder', 'remove one of them');
    } else if (names.has(own)) {
      const message = `two sources have the name ${own}`;
      yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'names that differ', 'add name:');
    }
    places.set(path, index);
    names.add(own);
    if (source.topic !== undefined) topics.push(index);
  }
  const [, second] = topics;
  if (second === undefined) return;
  yield pipelineProblem(
    'PIPELINE_JOIN',
    positionOf(['sources', second]),
    'the pipeline would join two topics',
    'one topic with the frames of both directions, keyed by the correlation key',
    'which of two topics is read first is chance, so a replay would give another result: merge them into one topic with a pipeline of its own',
  );
}

/** The name of a source: its own, else what it reads. */
export function sourceName({ capture, spool, topic, tcp, name }: SourceSettings): string {
  const connection = tcp === undefined ? undefined : `tcp ${tcp.listen ?? tcp.connect}`;
  return name ?? capture ?? spool ?? topic ?? connection ?? 'stdin';
}

function* kindProblems(
  place: string,
  { capture, spool, topic, tcp, stdin, done, follow }: SourceSettings,
  position: SourcePosition,
): Generator<SettingsProblem> {
  const kinds = [capture, spool, topic, tcp, stdin === true ? true : undefined].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) {
    const message = `${place} has ${kinds.length === 0 ? 'none' : 'several'} of capture, spool, topic, tcp and stdin`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'one of them', 'make a source of each');
  }
  if (done !== undefined && spool === undefined) {
    const message = `${place} has done, but no spool`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'done beside spool', 'remove it');
  }
  if (follow !== undefined && stdin === true) {
    const message = `${place} has follow, but standard input goes on until it ends`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'stdin alone', 'remove it');
  }
}

function* tcpProblems(
  place: string,
  { format }: SourceSettings,
  tcp: TcpSettings,
  position: SourcePosition,
): Generator<SettingsProblem> {
  const { listen, connect, allowRemote, connections, idle, unfinished, resume } = tcp;
  if ((listen === undefined) === (connect === undefined)) {
    const message = `${place} has ${listen === undefined ? 'none' : 'both'} of listen and connect`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'one of them', 'make a source of each');
    return;
  }
  yield* addressProblems(place, { connect: listen ?? connect ?? '', allowRemote }, position);
  if (connect !== undefined && connections !== undefined) {
    const message = `${place} has connections, but makes only one`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'connections beside listen', 'remove it');
  }
  if (resume !== true) return;
  const other =
    listen !== undefined ? 'listen' : idle !== undefined ? 'idle' : unfinished !== undefined ? 'unfinished' : null;
  if (other !== null) {
    const message = `${place} has resume and ${other}`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'resume beside connect', 'remove one of them');
  }
  if (format === 'bdw') {
    const message = `${place} has resume, but frames lie in blocks, which cannot be resumed inside`;
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'another format', 'send the frames without blocks');
  }
}
