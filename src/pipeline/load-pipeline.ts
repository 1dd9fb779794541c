import { dirname, relative, resolve } from 'node:path';
import { isInsideFolder } from '../copybook/inside-folder.ts';
import { byPlace } from '../settings/by-place.ts';
import type { Places } from '../settings/schema-problem.ts';
import { SettingsError, type SettingsProblem } from '../settings/settings-error.ts';
import { readSettingsFile, type SettingsKind } from '../settings/settings-file.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import { bundledCatalog, bundledCatalogs, isBundledName } from './bundled-catalog.ts';
import { outputFileProblems } from './output-file-problems.ts';
import { pipelineProblem } from './pipeline-problem.ts';
import { type PipelineSettings, pipelineSchema } from './pipeline-schema.ts';
import { locateRewards } from './rewards/locate-rewards.ts';
import { sourceName, sourceProblems } from './source-problems.ts';
import { topicProblems } from './topic-problems.ts';

const kind: SettingsKind = {
  name: 'pipeline',
  code: 'PIPELINE_SYNTAX',
  schemaCode: 'PIPELINE_SCHEMA',
  expected: 'YAML of a pipeline',
  most: 1,
  textHint: 'is it the right file?',
};

/** A pipeline file: what it says, with paths from the working folder and a name for each source, and where. */
export interface PipelineFile {
  readonly settings: PipelineSettings;
  readonly places: Places;
}

/** Read a pipeline file as `readPipelineFile` does, for what it says alone. */
export function loadPipeline(file: string, allowOutside: boolean): PipelineSettings {
  return readPipelineFile(file, allowOutside).settings;
}

/**
 * Read a pipeline file. Paths in what it returns are relative to the working folder.
 *
 * Throws a SettingsError with everything that is wrong with it (PIPELINE_SYNTAX, PIPELINE_SCHEMA, PIPELINE_PATH, PIPELINE_JOIN), each with its
 * place, and IO for a file that cannot be read.
 */
export function readPipelineFile(file: string, allowOutside: boolean): PipelineFile {
  const { settings, ...places } = readSettingsFile(file, kind, pipelineSchema);
  const folder = dirname(resolve(file));
  const problems: SettingsProblem[] = [
    ...sourceProblems(settings, folder, places.positionOf),
    ...topicProblems(settings, places.positionOf),
  ];
  const locate = (path: string, at: YamlPath): string => {
    const target = resolve(folder, path);
    if (!allowOutside && !isInsideFolder(folder, target)) {
      const message = `${path} lies outside the folder of the pipeline`;
      const hint = 'give --allow-outside if that is meant';
      problems.push(pipelineProblem('PIPELINE_PATH', places.valuePositionOf(at), message, 'a path below it', hint));
    }
    return relative('', target) || '.';
  };
  if (isBundledName(settings.catalog) && bundledCatalog(settings.catalog) === null) {
    const message = `no catalog ${settings.catalog} comes with the package`;
    const expected = `a path, or ${bundledCatalogs().join(', ')}`;
    problems.push(
      pipelineProblem('PIPELINE_SCHEMA', places.valuePositionOf(['catalog']), message, expected, 'is it misspelt?'),
    );
  }
  const located = locatePaths(settings, locate);
  problems.push(...outputFileProblems(located, file, places));
  if (problems.length > 0) throw new SettingsError(problems.sort(byPlace));
  return { settings: located, places };
}

function locatePaths(settings: PipelineSettings, locate: (path: string, at: YamlPath) => string): PipelineSettings {
  const sources = settings.sources.map((given, index) => {
    const at = ['sources', index] as const;
    const source = { ...given, name: sourceName(given) }; // as the file says it: the same from whatever folder it is run
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
    catalog: bundledCatalog(settings.catalog) ?? locate(settings.catalog, ['catalog']),
    data: locate(settings.data, ['data']),
    sources,
    topics: Object.fromEntries(topics),
    ...(settings.rewards === undefined ? {} : { rewards: locateRewards(settings.rewards, locate) }),
  };
}
