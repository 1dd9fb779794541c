import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isBelow, realPath } from '../copybook/inside-folder.ts';
import type { Places } from '../settings/schema-problem.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import { fileMarks } from '../sources/file-marks.ts';
import { partitionFile } from './partition-file.ts';
import { pipelineProblem } from './pipeline-problem.ts';
import type { PipelineSettings } from './pipeline-schema.ts';

/** What of a pipeline names a file, or a folder with all that is in it. */
interface Named {
  readonly member: string;
  readonly path: string;
}

/**
 * What is wrong with the files that topics of a pipeline are written to: one that is read by the pipeline, one that two topics are written to, one that
 * lies among what is kept, and a folder. `settings` has paths from the working folder, `file` is that of the pipeline, `copybooks` are the files of
 * its catalog, once that is loaded.
 */
export function* outputFileProblems(
  settings: PipelineSettings,
  file: string,
  { valuePositionOf }: Places,
  copybooks: readonly string[] = [],
): Generator<SettingsProblem> {
  const read = new Map<string, string>();
  for (const path of copybooks) for (const mark of fileMarks(path)) read.set(mark, 'a copybook of the catalog');
  for (const { member, path } of inputFiles(settings, file)) for (const mark of fileMarks(path)) read.set(mark, member);
  const written = new Map<string, string>();
  for (const [topic, { jsonl }] of Object.entries(settings.topics ?? {})) {
    if (jsonl === undefined) continue;
    const member = `topics.${topic}.jsonl`;
    const position = valuePositionOf(['topics', topic, 'jsonl']);
    const refuse = (message: string, expected: string): SettingsProblem => {
      const hint = 'name a file of its own, which is made when it does not exist';
      return pipelineProblem('PIPELINE_SCHEMA', position, `${member}: ${message}`, expected, hint);
    };
    for (const path of partitionFiles(jsonl, settings.partitions ?? 1)) {
      const marks = fileMarks(path);
      const input = marks.map((mark) => read.get(mark)).find((name) => name !== undefined);
      const other = marks.map((mark) => written.get(mark)).find((name) => name !== undefined);
      const folder = namedFolders(settings).find((named) =>
        isBelow(realPath(resolve(named.path)), realPath(resolve(path))),
      );
      let problem: SettingsProblem | null = null;
      if (input !== undefined) problem = refuse(`${path} is ${input} of this pipeline`, 'a file that is not read');
      else if (other !== undefined) problem = refuse(`${other} is written to ${path}, too`, 'a file for each topic');
      else if (folder !== undefined) problem = refuse(`${path} lies in ${folder.member}`, 'a file outside of it');
      else if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
        problem = refuse(`${path} is a folder`, 'a file');
      }
      for (const mark of marks) written.set(mark, member);
      if (problem === null) continue;
      yield problem;
      break;
    }
  }
}

function partitionFiles(path: string, partitions: number): readonly string[] {
  return Array.from({ length: partitions }, (_unused, partition) => partitionFile(path, partition, partitions));
}

function inputFiles({ catalog, sources, rewards }: PipelineSettings, file: string): readonly Named[] {
  const captures = sources.map(({ capture }, index) => ({ member: `sources.${index}.capture`, path: capture }));
  const { campaigns, coupons, races, pointsOfSale } = rewards ?? {};
  const tables = Object.entries({ campaigns, coupons, races, pointsOfSale }).map(([name, path]) => {
    return { member: `rewards.${name}`, path };
  });
  const all = [{ member: 'the file', path: file }, { member: 'the catalog', path: catalog }, ...captures, ...tables];
  return all.flatMap(({ member, path }) => (path === undefined ? [] : [{ member, path }]));
}

function namedFolders({ data, sources }: PipelineSettings): readonly Named[] {
  const spools = sources.flatMap(({ spool, done }, index) => {
    if (spool === undefined) return [];
    const moved = done === undefined ? [] : [{ member: `sources.${index}.done`, path: done }];
    return [{ member: `sources.${index}.spool`, path: spool }, ...moved];
  });
  return [{ member: 'data', path: data }, ...spools];
}
