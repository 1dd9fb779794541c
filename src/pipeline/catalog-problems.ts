import type { ObjectForm } from '../codec/object-form.ts';
import { nearNames } from '../copybook/near-names.ts';
import type { Places } from '../settings/schema-problem.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import { flowTopics } from './flow-outputs.ts';
import { pipelineProblem } from './pipeline-problem.ts';
import type { PipelineSettings } from './pipeline-schema.ts';
import type { RewardsSettings } from './rewards/rewards-settings.ts';
import { eventsOf } from './rewards/rewards-stage.ts';
import { rewardTopics } from './rewards/stage-topics.ts';

/** What is wrong with a pipeline as its catalog has it: topics, events and members of events that there are not, and a topic that it reads and writes. */
export function* catalogProblems(
  { topics = {}, sources, rewards }: PipelineSettings,
  events: readonly ObjectForm[],
  places: Places,
): Generator<SettingsProblem> {
  const names = events.map(({ name }) => name);
  const written = [...new Set([...flowTopics, ...(rewards === undefined ? [] : rewardTopics), ...names])];
  for (const topic of Object.keys(topics)) {
    if (written.includes(topic)) continue;
    const position = places.positionOf(['topics', topic]);
    yield unknown(position, `topics.${topic}: the pipeline writes no such topic`, topic, written);
  }
  for (const [index, { topic }] of sources.entries()) {
    if (topic === undefined || !written.includes(topic)) continue;
    const position = places.valuePositionOf(['sources', index, 'topic']);
    const message = `sources.${index} reads the topic ${topic}, which this pipeline writes: it would feed on itself`;
    const hint = 'name one that another pipeline, or a program, writes to the data directory';
    yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'a topic of somebody else', hint);
  }
  if (rewards !== undefined) yield* rewardProblems(rewards, events, names, places);
}

function* rewardProblems(
  rewards: RewardsSettings,
  events: readonly ObjectForm[],
  names: readonly string[],
  { valuePositionOf }: Places,
): Generator<SettingsProblem> {
  const found = eventsOf(rewards);
  for (const [kind, name] of Object.entries(found)) {
    if (name === null || names.includes(name)) continue;
    const position = valuePositionOf(['rewards', 'events', kind]);
    yield unknown(position, `rewards.events.${kind}: the catalog has no event ${name}`, name, names);
  }
  const membersOf = (event: string): readonly string[] | null => {
    const form = events.find(({ name }) => name === event);
    return form === undefined ? null : ['id', ...form.members.map(({ name }) => name)];
  };
  const { sellingTerminal, horses = [], wholeField } = rewards;
  const asked: (readonly [YamlPath, string, string])[] = [];
  if (sellingTerminal !== undefined) {
    const at = ['rewards', 'sellingTerminal', 'field'];
    asked.push([at, sellingTerminal.field, found.bets], [at, sellingTerminal.field, found.cancels]);
  }
  for (const [index, member] of horses.entries()) asked.push([['rewards', 'horses', index], member, found.bets]);
  if (wholeField !== undefined) asked.push([['rewards', 'wholeField', 'horses'], wholeField.horses, found.bets]);
  for (const [at, member, event] of asked) {
    const members = membersOf(event);
    if (members === null || members.includes(member)) continue;
    yield unknown(valuePositionOf(at), `${at.join('.')}: the event ${event} has no member ${member}`, member, members);
  }
}

function unknown(
  position: SettingsProblem['position'],
  message: string,
  name: string,
  known: readonly string[],
): SettingsProblem {
  const [near] = nearNames(name, known);
  const hint = near === undefined ? 'choose one of them' : `did you mean ${near}?`;
  return pipelineProblem('PIPELINE_SCHEMA', position, message, `one of ${known.join(', ')}`, hint);
}
