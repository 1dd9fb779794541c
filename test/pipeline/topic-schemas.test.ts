import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import avsc from 'avsc';
import { describe, expect, test } from 'vitest';
import { flowTopics } from '../../src/pipeline/flow-outputs.ts';
import { rewardTopics } from '../../src/pipeline/rewards/stage-topics.ts';
import { topicSchemas } from '../../src/pipeline/topic-schemas.ts';
import { schemaChanges } from '../../src/schema/schema-changes.ts';
import { compileSchema } from '../schema/acceptance.ts';
import { allRecords, folder, itc, memoryData, values } from './flow-run.ts';
import { runBetting, writeBetting } from './rewards/betting-run.ts';

const campaigns = `
campaigns: test
version: 1
timeZone: Europe/Paris
list:
  - { id: half, share: 50%, pool: large }
  - { id: watched, shadow: true, pool: small }
`;
const schemas = topicSchemas(itc);

describe('the schemas of topics', () => {
  test('accept every record that a pipeline with rewards writes', async () => {
    const inside = mkdtempSync(join(folder, 'schemas-'));
    writeBetting(inside, itc, campaigns, 700);
    const data = memoryData(1);
    await runBetting(inside, itc, data);
    const written = [...allRecords(data).keys()].filter((topic) => schemas.has(topic));
    expect(written).toEqual(expect.arrayContaining(['frames', 'bets', 'cancels', 'payments', 'expired', 'quarantine']));
    expect(written).toEqual(expect.arrayContaining(['rewards', 'cancelled-coupons', 'decisions']));
    for (const topic of written) {
      const validate = compileSchema(schemas.get(topic)?.json() ?? {});
      for (const value of values(data, topic)) {
        expect([topic, validate(value), validate.errors ?? null]).toEqual([topic, true, null]);
      }
    }
  });

  test('are there for every topic but that of frames, and valid for Avro', () => {
    const topics = [...flowTopics, ...rewardTopics, 'bets', 'cancels', 'payments', 'redemptions'];
    expect([...schemas.keys()].sort()).toEqual(topics.filter((topic) => topic !== 'coupon-frames').sort());
    for (const { avro } of schemas.values()) expect(() => avsc.Type.forSchema(avro() as never)).not.toThrow();
  });

  test('tell what breaks those who read a topic', () => {
    const old = schemas.get('rewards')?.json() ?? {};
    const now = structuredClone(old) as { properties: Record<string, object>; required: string[] };
    expect(schemaChanges(old, now)).toEqual([]);
    now.properties['more'] = { type: 'string' };
    expect(schemaChanges(old, now)).toEqual([{ path: 'more', breaking: false, message: 'is new' }]);
    delete now.properties['bet'];
    expect(schemaChanges(old, now)).toContainEqual({ path: 'bet', breaking: true, message: 'is gone' });
  });
});
