import type { Command } from './command.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { openTopics } from './topic-options.ts';
import { printTopic, type TopicReadOptions, topicReadOptions } from './topic-records.ts';

/** `overpunch topic tail TOPIC`: what is appended to a topic, as it comes. */
export const topicTailCommand: Command<TopicReadOptions> = {
  name: 'topic tail',
  summary: 'Print what is appended to a topic, until Ctrl-C.',
  operand: { name: 'topic', many: false, summary: 'a topic' },
  examples: [
    ['overpunch topic tail bets --data day', 'bets as they come'],
    ['overpunch topic tail bets --data day --from -10', 'the last ten first'],
  ],
  options: topicReadOptions,
  async run([topic = ''], options) {
    const data = openTopics('topic tail', options);
    try {
      await printTopic({ topic, data, start: 'end', follow: drainOnSignals() }, options);
      return drainedStatus();
    } finally {
      await data.close();
    }
  },
};
