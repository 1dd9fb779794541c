import { OverpunchError } from '../errors.ts';
import type { DrainableDirectory } from '../runtime/embedded/data-directory.ts';
import { type Progress, ProgressTable } from '../runtime/embedded/progress.ts';
import type { Environment, Table } from '../state/environment.ts';
import { stateTable } from './correlation-table.ts';
import { rewardsTable, stageName } from './rewards/rewards-table.ts';

/** What a data directory is to be fit for behind a drain. */
export interface DrainTarget {
  readonly pipeline: string;
  /** Default: as many as there are. */
  readonly partitions?: number | undefined;
  /** Hashes of what the pipeline depends on now, by name. */
  readonly hashes?: Readonly<Record<string, string>> | undefined;
}

/**
 * Check, before anything is closed, that a drain will do.
 *
 * Throws STATE_INCOMPATIBLE: for fewer partitions, since topics keep those that they have; for more of them when the pipeline was stopped amid its
 * input, so that its partitions stand at different places, or rewards bets, since what campaigns and terminals have had lies in the partition of the
 * terminal; for entries that were journalled but not processed when it was killed, if they were
 * written with another catalog.
 */
export function checkDrain(data: DrainableDirectory, { pipeline, partitions, hashes = {} }: DrainTarget): void {
  const refuse = (message: string, hint: string): never => {
    throw new OverpunchError('STATE_INCOMPATIBLE', `${data.path}: ${message}`, { hint });
  };
  const wanted = partitions ?? data.partitions;
  if (wanted < data.partitions) {
    refuse(
      `${data.partitions} partitions cannot become ${wanted}: topics keep the partitions they have`,
      'start with an empty data directory and replay the input',
    );
  }
  if (wanted > data.partitions && environmentsOf(data).some((environment) => hasRewards(environment, pipeline))) {
    refuse(
      `${pipeline} rewards bets, and what terminals have had is kept by ${data.partitions === 1 ? 'one partition' : `${data.partitions} partitions`}`,
      'keep the partitions, or start with an empty data directory and replay the input',
    );
  }
  const progress = environmentsOf(data).map((environment) => new ProgressTable(environment).get(pipeline));
  const changed = Object.entries(hashes).some(([name, hash]) => (data.hashes[name] ?? hash) !== hash);
  if (changed && progress.some(({ processed, journalled }) => processed < journalled)) {
    refuse(
      'a crash left entries in the journal that are not processed, and they were written with another catalog',
      'run the pipeline once more with that one, then drain it',
    );
  }
  const places = progress.map((one) => JSON.stringify(placesOf(one)));
  const other = places.findIndex((place) => place !== places[0]);
  if (wanted > data.partitions && other > 0) {
    refuse(
      `partitions 0 and ${other} of ${pipeline} stand at different places in the input, so there can be no more of them`,
      'run the pipeline with its former number of partitions until its sources end, then drain it',
    );
  }
}

/**
 * Let a data directory be opened for anything, with the partitions it is to have: unless other pipelines in it are not drained yet, whose names
 * are returned. Partitions that are new begin where the others are in the input.
 */
export function releaseDirectory(data: DrainableDirectory, partitions: number = data.partitions): readonly string[] {
  const environments = environmentsOf(data);
  const pipelines = [...new Set(environments.flatMap((environment) => new ProgressTable(environment).pipelines()))];
  const waiting = pipelines.filter((name) => environments.some((environment) => hasState(environment, name)));
  if (waiting.length > 0) return waiting;
  for (const name of pipelines) checkDrain(data, { pipeline: name, partitions });
  data.release(partitions, (added) => {
    for (const name of pipelines) {
      for (const environment of added) beginAsIn(environments[0], environment, name);
      if (data.partitions === 1) forgetSinks(environments[0], name); // several partitions have other files than one
    }
  });
  return [];
}

function environmentsOf(data: DrainableDirectory): readonly Environment[] {
  return Array.from({ length: data.partitions }, (_unused, partition) => data.partition(partition));
}

function placesOf({ inputs }: Progress): Progress['inputs'] {
  return inputs.map(({ name, position }) => ({ name, position, idle: false }));
}

/** Whether a pipeline keeps more than what it counted. */
function hasState(environment: Environment, pipeline: string): boolean {
  return hasEntry(stateTable(environment, pipeline), Uint8Array.of(1));
}

function hasRewards(environment: Environment, pipeline: string): boolean {
  return hasEntry(rewardsTable(environment, stageName(pipeline)));
}

function hasEntry(table: Table, from?: Uint8Array): boolean {
  for (const { key } of table.range({ from, limit: 1 })) return key.length > 0;
  return false;
}

function forgetSinks(environment: Environment | undefined, pipeline: string): void {
  if (environment === undefined) return;
  const progress = new ProgressTable(environment);
  environment.commit(() => progress.put(pipeline, { ...progress.get(pipeline), sinks: {} }));
}

function beginAsIn(other: Environment | undefined, environment: Environment, pipeline: string): void {
  if (other === undefined) return;
  const inputs = placesOf(new ProgressTable(other).get(pipeline));
  const progress = new ProgressTable(environment);
  environment.commit(() => progress.put(pipeline, { ...progress.get(pipeline), inputs }));
}
