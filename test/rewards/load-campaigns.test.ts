import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Campaign, CampaignSet, Terminals } from '../../src/rewards/campaign.ts';
import type { KnownNames } from '../../src/rewards/check-names.ts';
import { loadCampaigns, parseCampaigns, parseCampaignsInSlices } from '../../src/rewards/load-campaigns.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

const head = 'campaigns: spring\nversion: 2\ntimeZone: Europe/Paris\n';
const folder = mkdtempSync(join(tmpdir(), 'campaigns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function campaignOf(members: string): Campaign {
  const [campaign] = parseCampaigns(
    `${head}list:\n  - id: c\n${members.replace(/^(?=.)/gm, '    ')}\n`,
    'c.yaml',
  ).campaigns;
  if (campaign === undefined) throw new Error('there is no campaign');
  return campaign;
}

/** What is wrong with a text: codes with places and messages. */
function mistakes(text: string, known: KnownNames = {}): readonly string[] {
  try {
    parseCampaigns(text, 'c.yaml', known);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.exitStatus).toBe(3);
    return error.problems.map(
      ({ code, position: { line, column }, message, expected = '', hint = '' }) =>
        `${line}:${column} ${code} ${message}; ${expected}; ${hint}`,
    );
  }
  throw new Error('nothing is wrong');
}

/** A campaign as plain values: conditions by their text. */
function plainCampaign({ when, include, exclude, ...campaign }: Campaign): Record<string, unknown> {
  const terminals = (list: Terminals | null): readonly string[] | null => (list === null ? null : [...list]);
  return { ...campaign, when: when?.text ?? null, include: terminals(include), exclude: terminals(exclude) };
}

/** Sets as plain values. */
function plain(set: CampaignSet): unknown {
  const campaigns = set.campaigns.map(plainCampaign);
  return { ...set, campaigns, poolLimits: [...set.poolLimits] };
}

describe('a file of campaigns', () => {
  test.each([
    '"include": "A\\",\\"B"',
    '"include": ["A1", "a-list"]',
    '"include": []',
    '"include": ["13001", 13001, "x y"]',
    '"include": ["13001", "13002", "13001"], "exclude": "13002"',
    '"include": ["13001"], "exclude": ["13001"]',
    '"stake": {"from": 5, "to": 1}',
    '"when": "bet.stake >="',
    '"seed": "s"',
    '"every": 0',
  ])('takes JSON on a line for what YAML takes it: %s', (members) => {
    const line = (rest: string): string => `${head}list:\n  - {"id": "c", ${members}}${rest}\n`;
    const outcome = (text: string): unknown => {
      try {
        return plain(parseCampaigns(text, 'c.yaml'));
      } catch {
        return mistakes(text);
      }
    };
    expect(outcome(line(''))).toEqual(outcome(line(' # as a comment makes it no JSON')));
  });

  test('lets everything pass that it does not name', () => {
    expect(campaignOf('')).toEqual({
      id: 'c',
      title: 'c',
      index: 0,
      timeZone: 'Europe/Paris',
      from: null,
      to: null,
      days: null,
      hours: null,
      types: null,
      formulas: null,
      stake: null,
      horses: null,
      meetings: null,
      races: null,
      racecourses: null,
      regions: null,
      include: null,
      exclude: null,
      when: null,
      firstOfDay: false,
      share: null,
      seed: 'c',
      every: null,
      priority: 0,
      group: null,
      limits: { total: null, day: null, terminal: null, race: null },
      budget: null,
      pool: 'c',
      shadow: false,
    });
    const set = parseCampaigns(`${head}list: [{id: c}]\n`, 'c.yaml');
    expect([set.name, set.version, set.decideWithin, set.keep, set.poolLimits.size]).toEqual([
      'spring',
      2,
      800,
      604_800_000,
      0,
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['days: sat-mon', { days: [1, 6, 7] }],
    ['days: [Sunday, tue, sun]', { days: [2, 7] }],
    [
      "hours: ['18:00-02:00', 9:30 - 10:00, 22:00-00:00]",
      {
        hours: [
          { from: 1080, to: 120 },
          { from: 570, to: 600 },
          { from: 1320, to: 1440 },
        ],
      },
    ],
    ['share: 12.5%', { share: 0.125 }],
    ['share: 1\nseed: s', { share: 1, seed: 's' }],
    ['stake: {to: 500}', { stake: { from: null, to: 500 } }],
    ['types: QI', { types: ['QI'] }],
    ['racecourses: [CHÂTEAUBRIANT, LE CROISÉ-LAROCHE]', { racecourses: ['CHÂTEAUBRIANT', 'LE CROISÉ-LAROCHE'] }],
    ['include: [00001, 13001, 00001]', { include: ['00001', '13001'] }],
    ['priority: -5', { priority: -5 }],
    ['period: {from: 2024-02-29}', { from: '2024-02-29', to: null }],
    ['timeZone: America/St_Johns', { timeZone: 'America/St_Johns' }],
  ])('reads %s', (members, expected) => {
    expect(plainCampaign(campaignOf(members))).toMatchObject(expected);
  });

  test('names lists of terminals, which campaigns share', () => {
    const text = `${head}terminals:\n  paris: [75001, 75002]\n  nord: 59001\nlist:\n  - {id: a, include: paris}\n  - {id: b, exclude: paris}\n  - {id: c, include: [nord, 13001, paris]}\n`;
    const [a, b, c] = parseCampaigns(text, 'c.yaml').campaigns;
    expect(a?.include).toBe(b?.exclude);
    expect([...(c?.include ?? [])]).toEqual(['59001', '13001', '75001', '75002']);
  });

  test.each([
    ['days: weekend', "6:11 CAMPAIGN_SCHEMA campaign c: days is 'weekend'; mon, tue,"],
    ['hours: 18:00', '6:12 CAMPAIGN_SCHEMA'],
    ['hours: 18:00-18:00', '6:12 CAMPAIGN_SCHEMA'],
    ['hours: 18:60-19:00', '6:12 CAMPAIGN_SCHEMA'],
    ['hours: 24:00-02:00', '6:12 CAMPAIGN_SCHEMA'],
    ['stake: {from: 3.50}', "6:19 CAMPAIGN_SCHEMA campaign c: stake.from is '3.50'; whole cents: 350 stands for 3.50"],
    ['stake: {from: -1}', '6:19 CAMPAIGN_SCHEMA'],
    ['stake: 500', '6:12 CAMPAIGN_SCHEMA'],
    ['share: 110%', '6:12 CAMPAIGN_SCHEMA'],
    ['share: 0', '6:12 CAMPAIGN_SCHEMA'],
    ['every: 0', '6:12 CAMPAIGN_SCHEMA'],
    ['budget: 0', '6:13 CAMPAIGN_SCHEMA'],
    ['firstOfDay: yes', "6:17 CAMPAIGN_SCHEMA campaign c: firstOfDay is 'yes'; true or false"],
    ['period: {from: 2024-02-30}', '6:20 CAMPAIGN_SCHEMA'],
    ['timeZone: Europe/Pari', '6:15 CAMPAIGN_SCHEMA'],
    ['type: QI', '6:5 CAMPAIGN_SCHEMA campaign c: the campaign has no member type; one of'],
    ['types: []', '6:12 CAMPAIGN_SCHEMA'],
    ['types:', '6:5 CAMPAIGN_SCHEMA'],
    ['include: [13001, 13-02]', "6:22 CAMPAIGN_SCHEMA campaign c: '13-02' is no terminal"],
    ['include: pariss', '6:14 CAMPAIGN_NAME campaign c: there is no list of terminals pariss'],
    ['include: {a: b}', '6:14 CAMPAIGN_SCHEMA'],
    ['when: bet.stake >= "5"', '6:11 CAMPAIGN_CONDITION'],
    ['when: 1/0 == 1', '6:11 CAMPAIGN_CONDITION'],
    ['when: bet.stake > 5 && bet.race % 0 == 1', '6:39 CAMPAIGN_CONDITION'],
    [`title: ${'x'.repeat(201)}`, '6:12 CAMPAIGN_SCHEMA'],
    ['title: "two\\nlines"', '6:12 CAMPAIGN_SCHEMA'],
    ['seed: x', '6:5 CAMPAIGN_SCHEMA campaign c: seed is given, and share is not'],
    ['period: {from: 2024-04-02, to: 2024-04-01}', '6:5 CAMPAIGN_NEVER campaign c: the period ends before it begins'],
    [
      'period: {from: 2024-04-01, to: 2024-04-06}\ndays: sun',
      '7:5 CAMPAIGN_NEVER campaign c: none of the days is in the period',
    ],
    ['stake: {from: 500, to: 200}', '6:5 CAMPAIGN_NEVER campaign c: stake ends before it begins'],
    [
      'include: [1, 2]\nexclude: [2, 1, 3]',
      '7:5 CAMPAIGN_NEVER campaign c: all terminals that include lists are excluded',
    ],
    [
      'types: [QI, TI]\nwhen: bet.type == "SG"',
      '7:5 CAMPAIGN_NEVER campaign c: the condition and types: exclude each other',
    ],
    ['stake: {to: 400}\nwhen: bet.stake > 400', '7:5 CAMPAIGN_NEVER campaign c: the condition and stake: exclude'],
    ['include: [1, 2]\nwhen: bet.terminal == "3"', '7:5 CAMPAIGN_NEVER campaign c: the condition and include: exclude'],
    ['exclude: [1, 2]\nwhen: bet.terminal == "2"', '7:5 CAMPAIGN_NEVER campaign c: the condition and exclude: exclude'],
    ['days: [sat, sun]\nwhen: bet.weekday < 6', '7:5 CAMPAIGN_NEVER campaign c: the condition and days: exclude'],
    [
      'hours: 18:00-02:00\nwhen: bet.hour in [2, 17]',
      '7:5 CAMPAIGN_NEVER campaign c: the condition and hours: exclude',
    ],
    ['period: {to: 2024-03-30}\nwhen: bet.day >= "2024-03-31" && bet.day == "2024-03-31"', '7:5 CAMPAIGN_NEVER'],
    [
      'period: {from: 2024-03-31, to: 2024-03-31}\nhours: 02:15-02:45',
      '7:5 CAMPAIGN_NEVER campaign c: clocks in Europe/Paris leave these hours out on 2024-03-31',
    ],
  ])('says where it is wrong: %j', (members, expected) => {
    const found = mistakes(`${head}list:\n  - id: c\n${members.replace(/^(?=.)/gm, '    ')}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test('says where it is wrong in JSON, too, and in conditions over several lines', () => {
    const json = `{"campaigns": "x", "version": 0,\n"timeZone": "UTC", "terminals": {"a": ["1"], "b": ["x"]},\n"list": [{"id": "a"}, {"id": "b", "every": "x"}]}`;
    expect(mistakes(json).map((mistake) => mistake.split(';')[0])).toEqual([
      "1:31 CAMPAIGN_SCHEMA version is '0'",
      "2:52 CAMPAIGN_SCHEMA 'x' is no terminal",
      "3:44 CAMPAIGN_SCHEMA campaign b: every is 'x'",
    ]);
    const folded = `${head}list:\n  - id: a\n    when: >-\n      bet.stake > 5 &&\n      bet.x == 2\n`;
    expect(mistakes(folded)[0]).toContain('7:1 CAMPAIGN_CONDITION campaign a: a bet has no field x');
  });

  test('lets conditions pass that go with hours past midnight', () => {
    expect(() => campaignOf('hours: 18:00-02:00\nwhen: bet.hour == 1')).not.toThrow();
    expect(() =>
      campaignOf('days: sun\nperiod: {from: 2024-04-01, to: 2024-04-07}\nwhen: bet.day == "2024-04-07"'),
    ).not.toThrow();
  });

  test('lets hours pass that clocks leave out on one day of several, or show twice', () => {
    expect(() => campaignOf('period: {from: 2024-03-31, to: 2024-04-01}\nhours: 02:15-02:45')).not.toThrow();
    expect(() => campaignOf('period: {from: 2024-10-27, to: 2024-10-27}\nhours: 02:15-02:45')).not.toThrow();
    expect(() => campaignOf('period: {from: 2024-03-31, to: 2024-03-31}\nhours: 02:15-03:01')).not.toThrow();
  });

  test('names every mistake at once, and those of the whole', () => {
    const text = `campaigns: spring\nversion: 0\ntimeZone: Paris\npool: {}\nlist:\n  - id: a\n    every: x\n    when: bet.x == 1\n  - id: a b\n  - {}\n  - id: a\n`;
    expect(mistakes(text).map((mistake) => mistake.split(';')[0])).toEqual([
      "2:10 CAMPAIGN_SCHEMA version is '0'",
      "3:11 CAMPAIGN_SCHEMA timeZone is 'Paris'",
      '4:1 CAMPAIGN_SCHEMA the file of campaigns has no member pool',
      "7:12 CAMPAIGN_SCHEMA campaign a: every is 'x'",
      '8:11 CAMPAIGN_CONDITION campaign a: a bet has no field x',
      "9:9 CAMPAIGN_SCHEMA campaign a b: id is 'a b'",
      '10:5 CAMPAIGN_SCHEMA id is missing',
    ]);
    expect(mistakes(`${head}list:\n  - id: a\n  - id: b\n  - id: a\n`)).toEqual([
      '7:9 CAMPAIGN_NAME campaign a: the campaign of line 5 has this id too; ids that differ; ',
    ]);
    expect(mistakes(`${head}pools: {fivse: {limit: 3}}\nlist:\n  - {id: a, pool: fives}\n`)[0]).toContain(
      '4:9 CAMPAIGN_NAME no campaign takes coupons from the pool fivse; pools of campaigns; did you mean fives?',
    );
    expect(mistakes(`${head}terminals: {Paris: [x y]}\nlist: [{id: a}]\n`)).toHaveLength(2);
    expect(mistakes(`${head}terminals: [1]\nlist: {}\n`)).toHaveLength(2);
    expect(mistakes(head)[0]).toContain('CAMPAIGN_SCHEMA list is missing');
  });

  test.each([
    ['', 'the file is empty'],
    ['- a\n', 'CAMPAIGN_SCHEMA'],
    [`${head}list:\n  - id: "a\n`, 'CAMPAIGN_SYNTAX'],
    [`${head}list:\n  - id: a\n    id: b\n`, '6:5 CAMPAIGN_SYNTAX the key stands twice'],
    [`${head}version: 3\nlist:\n  - id: a\n`, '4:1 CAMPAIGN_SYNTAX the key stands twice'],
    [`${head}list:\n  - id: a\n  __proto__: 3\n`, 'CAMPAIGN_SYNTAX'],
    [`${head}list:\n  - id: a\n    __proto__: 3\n`, '6:5 CAMPAIGN_SYNTAX __proto__ is no name'],
    [`${head}terminals:\n  a: [1]\n  a: [2]\nlist:\n  - id: a\n`, '6:3 CAMPAIGN_SYNTAX the key stands twice'],
    [`${head}list:\n    - id: a\n  - id: b\n`, 'CAMPAIGN_SYNTAX'],
  ])('that is %j is refused', (text, message) => {
    expect(mistakes(text).join('\n')).toContain(message);
  });

  test('names nothing that bets do not have, where somebody knows what they have', () => {
    const text = `${head}list:\n  - id: a\n    types: [QI, QO]\n    regions: BRE\n    when: bet.racecourse in ["VIN", "VON"]\n`;
    const known = { types: ['QI', 'TI'], racecourses: ['VIN', 'LON'] };
    expect(mistakes(text, known).map((mistake) => mistake.split(';')[0])).toEqual([
      '6:17 CAMPAIGN_NAME campaign a: there is no type of bets QO',
      '8:11 CAMPAIGN_NAME campaign a: there is no racecourse VON',
    ]);
    expect(() => parseCampaigns(text, 'c.yaml')).not.toThrow();
  });

  test('comes with an example', () => {
    const file = fileURLToPath(new URL('../../examples/campaigns.yaml', import.meta.url));
    expect(loadCampaigns(file).campaigns.length).toBeGreaterThan(4);
  });

  test('is read from disk, and a file that is not there is said', () => {
    const file = join(folder, 'c.yaml');
    writeFileSync(file, `${head}list:\n- id: c # at the margin\n`);
    expect(loadCampaigns(file).campaigns.map(({ id }) => id)).toEqual(['c']);
    writeFileSync(file, Buffer.from([0xff, 0xfe]));
    expect(() => loadCampaigns(file)).toThrow(/CAMPAIGN_SYNTAX/);
    expect(() => loadCampaigns(join(folder, 'none.yaml'))).toThrow(/no such file or folder/);
  });

  test('says the same in YAML, cut into pieces or not, and in JSON', () => {
    const word = fc.constantFrom('QI', 'TI', "L'ÉTÉ", 'a: b', '#x', '- y', '"', '[z]', '1e3', 'null');
    const member = fc.record(
      {
        title: word,
        types: fc.array(word, { minLength: 1, maxLength: 3 }),
        days: fc.constantFrom('sat', 'mon-fri'),
        stake: fc.record({ from: fc.nat(99), to: fc.integer({ min: 100, max: 999 }) }),
        include: fc.array(fc.constantFrom('13001', '13002', 'some', 'more'), { minLength: 1, maxLength: 4 }),
        when: fc.constantFrom('bet.stake > 5 && bet.race * 2 == 4', 'bet.type != "QI"'),
        budget: fc.integer({ min: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', '  ', '      '),
        (members, indentation) => {
          const list = members.map((each, index) => ({ id: `c${index}`, ...each }));
          const file = {
            campaigns: 'x',
            version: 1,
            timeZone: 'UTC',
            terminals: { some: ['1', '2'], more: '3' },
            list,
          };
          const lines = list.map((each) =>
            Object.entries(each)
              .map(
                ([name, value], index) =>
                  `${indentation}${index === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}\n`,
              )
              .join(`${indentation}# a comment\n\n`),
          );
          const cut = `# above\n\ncampaigns: x\nversion: 1 # one\ntimeZone: UTC\nterminals:\n  some: [1, 2]\n  more: 3\n\nlist: # all\n${lines.join('')}`;
          const whole = parseCampaigns(JSON.stringify(file), 'c.json');
          expect(plain(parseCampaigns(cut, 'c.yaml'))).toEqual(plain(whole));
          expect(plain(parseCampaigns(cut.replace('timeZone: UTC', "'timeZone': UTC"), 'c.yaml'))).toEqual(
            plain(whole),
          );
          expect(plain(parseCampaigns(cut.replaceAll('\n', '\r\n'), 'c.yaml'))).toEqual(plain(whole));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('gives other work its turn when it is long', async () => {
    const list = Array.from({ length: 300 }, (_, index) => `  - {id: c${index}, stake: {from: ${index}}}\n`).join('');
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const set = await parseCampaignsInSlices(`${head}list:\n${list}`, 'c.yaml', 0);
    clearInterval(timer);
    expect(set.campaigns).toHaveLength(300);
    expect(turns).toBeGreaterThan(0);
    await expect(parseCampaignsInSlices(`${head}list: 3\n`, 'c.yaml')).rejects.toThrow(/CAMPAIGN_SCHEMA/);
  });

  test('has no text that crashes it', () => {
    const pieces = [
      'list:\n',
      '  - id: a\n',
      '    when: ',
      'bet.stake',
      '>',
      '5',
      '\n',
      'terminals:\n',
      '  x: [1]\n',
      ' ',
      '\t',
      '"',
      '{',
      '}',
    ];
    pieces.push(
      head,
      '[',
      ']',
      '&a ',
      '*a',
      '- ',
      ': ',
      '\r',
      '\0',
      '__proto__: 1\n',
      '# c\n',
      '|\n',
      '---\n',
      '    include: x\n',
      'É',
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (some) => {
        try {
          parseCampaigns(some.join(''), 'c.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
