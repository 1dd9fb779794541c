import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import { addressProblems } from './address-problems.ts';
import { pipelineProblem } from './pipeline-problem.ts';
import type { PipelineSettings } from './pipeline-schema.ts';

/** What is wrong with what is to become of the topics of a pipeline, beyond its form. */
export function* topicProblems(
  { topics = {} }: PipelineSettings,
  positionOf: (path: YamlPath) => SourcePosition,
): Generator<SettingsProblem> {
  for (const [topic, { keep, stdout, tcp }] of Object.entries(topics)) {
    const place = `topics.${topic}`;
    if (tcp !== undefined) yield* addressProblems(`${place}.tcp`, tcp, positionOf(['topics', topic, 'tcp']));
    if (keep !== false || (stdout !== true && tcp === undefined)) continue;
    const message = `${place} is not kept, but goes to ${stdout === true ? 'stdout' : 'tcp'}`;
    const hint = 'what did not arrive is sent again from the topic: let retention bound it instead';
    yield pipelineProblem('PIPELINE_SCHEMA', positionOf(['topics', topic]), message, 'a topic that is kept', hint);
  }
}
