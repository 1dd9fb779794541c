import { describe, expect, test } from 'vitest';
import { TopicOwners } from '../../src/runtime/embedded/topic-owners.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

describe('a topic', () => {
  test('has one pipeline that writes it, unless several share it', () => {
    const environment = openMemoryEnvironment();
    const first = new TopicOwners(environment, 'first', ['quarantine']);
    for (const topic of ['bets', 'quarantine', 'bets']) first.check(topic);
    environment.commit(() => first.save());
    new TopicOwners(environment, 'first', []).check('bets');
    const second = new TopicOwners(environment, 'second', ['quarantine']);
    for (const topic of ['quarantine', 'rewards']) second.check(topic);
    expect(() => second.check('bets')).toThrow(
      expect.objectContaining({
        code: 'STATE_INCOMPATIBLE',
        message: expect.stringContaining('the topic bets, which the pipeline first writes'),
        hint: expect.stringContaining('call it first again'),
      }),
    );
  });

  test('belongs to nobody before a commit', () => {
    const environment = openMemoryEnvironment();
    new TopicOwners(environment, 'first', []).check('bets');
    new TopicOwners(environment, 'second', []).check('bets');
  });
});
