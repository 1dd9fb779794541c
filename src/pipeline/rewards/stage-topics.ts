import type { OutputOptions } from '../../runtime/embedded/committed-outputs.ts';

/** Topics that a rewards stage writes. What it cannot use goes to `quarantine`, as what the flow cannot use does. */
export const rewardTopics = ['rewards', 'cancelled-coupons', 'decisions', 'coupon-frames'] as const;

type Outputs = Readonly<Record<string, OutputOptions>>;

const isOfStage = (topic: string): boolean => rewardTopics.some((name) => name === topic);

/** What becomes of the topics of a flow that has a rewards stage. */
export function flowOutputs(outputs: Outputs): Outputs {
  return Object.fromEntries(Object.entries(outputs).filter(([topic]) => !isOfStage(topic)));
}

/** What becomes of the topics of a rewards stage. A sink of `quarantine` is the flow's alone: it has one position. */
export function stageOutputs(outputs: Outputs): Outputs {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([topic, options]) => {
      if (topic === 'quarantine') return [[topic, { ...options, sinks: [] }]];
      return isOfStage(topic) ? [[topic, options]] : [];
    }),
  );
}
