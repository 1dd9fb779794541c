import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { rewardsCheckCommand } from '../../src/cli/rewards-check-command.ts';
import { listedValues } from '../../src/frames/catalog/listed-values.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { bundledCatalog } from '../../src/pipeline/bundled-catalog.ts';

let folder: string;
const written: string[] = [];
const errors: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-check-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write(
    'betting.yaml',
    `pipeline: betting
catalog: overpunch:itc
data: data
sources: [{ capture: day.cap }]
rewards:
  campaigns: campaigns.yaml
  races: races.jsonl
  pointsOfSale: points.jsonl
  formulas: { 0: unit, 1: combined }
`,
  );
  write('plain.yaml', 'pipeline: plain\ncatalog: overpunch:itc\ndata: data\nsources: [{ capture: day.cap }]\n');
  write('races.jsonl', '{"date":"2026-03-01","meeting":1,"race":1,"racecourse":"PAU"}\n\nnonsense\n');
  write('points.jsonl', '{"terminal":"52615","region":"BRE"}\n{"terminal":"13001","region":"IDF"}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function check(list: string, pipeline?: string): Promise<number> {
  const file = join(folder, 'campaigns.yaml');
  writeFileSync(file, `campaigns: c\nversion: 1\ntimeZone: Europe/Paris\nlist:\n  - id: a\n${list}`);
  errors.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done?: unknown) => {
    written.push(String(text));
    if (typeof done === 'function') done();
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0);
  const given = pipeline === undefined ? {} : { pipeline: join(folder, pipeline) };
  return await rewardsCheckCommand.run([file], { json: true, ...given });
}

describe('campaigns checked with what a pipeline knows', () => {
  test.each([
    ['types: [QI, XX]', '6:17: CAMPAIGN_NAME: campaign a: there is no type of bets XX', 'one of SG, SP,'],
    ['formulas: combinde', '6:15: CAMPAIGN_NAME: campaign a: there is no formula combinde', 'did you mean combined?'],
    ['formulas: ["2", "0"]', 'there is no formula 0', 'one of unit, combined, 2, 3'],
    ['racecourses: PAUX', 'there is no racecourse PAUX', 'one of PAU'],
    ['regions: [BRE, ZZ]', 'there is no region ZZ', 'one of BRE, IDF'],
    ['include: [52615, 52616, 7]', 'there is no point of sale 52616 (and 1 more of include)', 'one of 2 terminals'],
    ['when: bet.terminal == "1"', 'there is no point of sale 1\n', 'one of 2 terminals'],
    ['when: bet.type in ["QI", "YY"]', 'there is no type of bets YY', 'one of SG'],
  ])('%s', async (member, message, advice) => {
    await expect(check(`    ${member}\n`, 'betting.yaml')).rejects.toThrow(
      expect.objectContaining({ code: 'CAMPAIGN_NAME', message: expect.stringContaining(message) }),
    );
    await expect(check(`    ${member}\n`, 'betting.yaml')).rejects.toThrow(advice);
    expect(await check(`    ${member}\n`)).toBe(0); // by themselves nothing is wrong with them
  });

  test('are right with names that there are; lines that say nothing are told', async () => {
    const list =
      '    types: [QI, MU]\n    formulas: [unit, "3"]\n    racecourses: PAU\n    regions: IDF\n    include: [13001]\n';
    expect(await check(list, 'betting.yaml')).toBe(1);
    expect(errors.join('')).toMatch(/races.jsonl:3: REWARD_ENTRY: the line is not JSON/);
  });

  test('need a pipeline with rewards', async () => {
    await expect(check('', 'plain.yaml')).rejects.toThrow('plain.yaml: the pipeline has no rewards');
  });
});

test('the values of a member are those that level 88 entries list, where all of its fields have them', () => {
  const itc = loadCatalog(bundledCatalog('overpunch:itc') ?? '');
  expect(listedValues(itc, 'bets', 'type')).toContain('QI');
  expect(listedValues(itc, 'bets', 'formula')).toEqual(['0', '1', '2', '3']);
  expect(listedValues(itc, 'bets', 'stake')).toBeNull();
  expect(listedValues(itc, 'bets', 'nosuch')).toBeNull();
  expect(listedValues(itc, 'nosuch', 'type')).toBeNull();
});
