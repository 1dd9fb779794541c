import type { Command } from './command.ts';
import { openTopics } from './topic-options.ts';
import { printTopic, type TopicReadOptions, topicReadOptions } from './topic-records.ts';

/** `overpunch topic read TOPIC`: the records of a topic. */
export const topicReadCommand: Command<TopicReadOptions> = {
  name: 'topic read',
  summary: 'Print the records of a topic, a line {partition,offset,key,time,value} each.',
  operand: { name: 'topic', many: false, summary: 'a topic' },
  examples: [
    ['overpunch topic read bets --data day --limit 10', 'the first ten bets'],
    ['overpunch topic read frames --data day --from 2026-03-01T12:30:00Z', 'from a time on'],
    ["overpunch topic read expired --data day -f '%k\\n'", 'the keys of all requests without an answer'],
    ['overpunch topic read orphans --data day --decode --catalog catalog.yaml', 'what the frames in it say'],
  ],
  options: topicReadOptions,
  async run([topic = ''], options) {
    const data = openTopics('topic read', options);
    try {
      await printTopic({ topic, data, start: 'first', follow: null }, options);
      return 0;
    } finally {
      await data.close();
    }
  },
};
