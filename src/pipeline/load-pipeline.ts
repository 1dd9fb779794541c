import { dirname, relative, resolve } from 'node:path';
import { isInsideFolder } from '../copybook/inside-folder.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { Code } from '../errors.ts';
import { byPlace } from '../settings/by-place.ts';
import { SettingsError, type SettingsProblem } from '../settings/settings-error.ts';
import { readSettingsFile, type SettingsKind } from '../settings/settings-file.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import { type PipelineSettings, pipelineSchema } from './pipeline-schema.ts';

const kind: SettingsKind = {
  name: 'pipeline',
  code: 'PIPELINE_SYNTAX',
  schemaCode: 'PIPELINE_SCHEMA',
  expected: 'YAML of a pipeline',
  most: 1,
  textHint: 'is it the right file?',
};

/**
 * Read a pipeline file. Paths in what it returns are relative to the working folder.
 *
 * Throws a SettingsError with everything that is wrong with it (PIPELINE_SYNTAX, PIPELINE_SCHEMA, PIPELINE_PATH, PIPELINE_JOIN), each with its
 * place, and IO for a file that cannot be read.
 */
export function loadPipeline(file: string, allowOutside: boolean): PipelineSettings {
  const { settings, ...places } = readSettingsFile(file, kind, pipelineSchema);
  const problems: SettingsProblem[] = [...sourceProblems(settings, places.positionOf)];
  const folder = dirname(resolve(file));
  const locate = (path: string, at: YamlPath): string => {
    const target = resolve(folder, path);
    if (!allowOutside && !isInsideFolder(folder, target)) {
      const message = `${path} lies outside the folder of the pipeline`;
      const hint = 'give --allow-outside if that is meant';
      problems.push(problem('PIPELINE_PATH', places.valuePositionOf(at), message, 'a path below it', hint));
    }
    return relative('', target) || '.';
  };
  const located = locatePaths(settings, locate);
  if (problems.length > 0) throw new SettingsError(problems.sort(byPlace));
  return located;
}

function locatePaths(settings: PipelineSettings, locate: (path: string, at: YamlPath) => string): PipelineSettings {
  const sources = settings.sources.map((source, index) => {
    const at = ['sources', index] as const;
    const done = source.done === undefined ? {} : { done: locate(source.done, [...at, 'done']) };
    if (source.capture !== undefined) return { ...source, capture: locate(source.capture, [...at, 'capture']) };
    if (source.spool !== undefined) return { ...source, ...done, spool: locate(source.spool, [...at, 'spool']) };
    return source;
  });
  const topics = Object.entries(settings.topics ?? {}).map(([topic, { jsonl, ...other }]) => {
    return [topic, jsonl === undefined ? other : { ...other, jsonl: locate(jsonl, ['topics', topic, 'jsonl']) }];
  });
  return {
    ...settings,
    catalog: locate(settings.catalog, ['catalog']),
    data: locate(settings.data, ['data']),
    sources,
    topics: Object.fromEntries(topics),
  };
}

function* sourceProblems(
  { sources, partitions = 1 }: PipelineSettings,
  positionOf: (path: YamlPath) => SourcePosition,
): Generator<SettingsProblem> {
  const topics: number[] = [];
  const names = new Set<string>();
  for (const [index, { capture, spool, topic, name, done }] of sources.entries()) {
    const position = positionOf(['sources', index]);
    const kinds = [capture, spool, topic].filter((kind) => kind !== undefined);
    if (kinds.length !== 1) {
      const message = `sources.${index} has ${kinds.length === 0 ? 'none' : 'several'} of capture, spool and topic`;
      yield problem('PIPELINE_SCHEMA', position, message, 'one of them', 'make a source of each');
    }
    if (spool !== undefined && partitions > 1) {
      const message = `sources.${index} is a spool, which cannot be read by ${partitions} partitions`;
      const hint =
        'every partition reads all of its inputs, but files of a spool are moved away when one has read them';
      yield problem('PIPELINE_SCHEMA', position, message, 'partitions: 1', hint);
    }
    if (done !== undefined && spool === undefined) {
      const message = `sources.${index} has done, but no spool`;
      yield problem('PIPELINE_SCHEMA', position, message, 'done beside spool', 'remove it');
    }
    const own = name ?? kinds[0] ?? '';
    if (names.has(own)) {
      const message = `two sources have the name ${own}`;
      yield problem('PIPELINE_SCHEMA', position, message, 'names that differ', 'add name:');
    }
    names.add(own);
    if (topic !== undefined) topics.push(index);
  }
  const [, second] = topics;
  if (second === undefined) return;
  yield problem(
    'PIPELINE_JOIN',
    positionOf(['sources', second]),
    'the pipeline would join two topics',
    'one topic with the frames of both directions, keyed by the correlation key',
    'which of two topics is read first is chance, so a replay would give another result: merge them into one topic with a pipeline of its own',
  );
}

function problem(
  code: Code,
  position: SourcePosition,
  message: string,
  expected: string,
  hint: string,
): SettingsProblem {
  return { code, severity: 'error', position, message, expected, hint };
}
