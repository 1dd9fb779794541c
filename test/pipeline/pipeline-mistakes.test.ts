import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { checkCaptures } from '../../src/cli/check-captures.ts';
import { checkInputs } from '../../src/cli/check-inputs.ts';
import { runPipelineCommand } from '../../src/cli/run-pipeline-command.ts';
import { compileEvents } from '../../src/frames/catalog/compile-events.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { catalogProblems } from '../../src/pipeline/catalog-problems.ts';
import { loadPipeline, readPipelineFile } from '../../src/pipeline/load-pipeline.ts';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-mistakes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const itc = loadCatalog(fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url)));
const file = join(folder, 'p.yaml');

for (const name of ['day.cap', 'coupons.jsonl', 'camp.yaml']) writeFileSync(join(folder, name), 'precious');
linkSync(join(folder, 'day.cap'), join(folder, 'hard.cap'));
symlinkSync('day.cap', join(folder, 'soft.cap'));
for (const name of ['in', 'ended']) mkdirSync(join(folder, name));
const head = `pipeline: p
catalog: overpunch:itc
data: data
sources: [{ capture: day.cap }, { spool: in, done: ended }]
rewards: { campaigns: camp.yaml, coupons: coupons.jsonl }
`;

function write(text: string): string {
  writeFileSync(file, text);
  return file;
}

describe('a file that a topic is written to', () => {
  test.each([
    ['a capture', 'day.cap', 'sources.0.capture'],
    ['a hard link to it', 'hard.cap', 'sources.0.capture'],
    ['a symbolic link to it', './soft.cap', 'sources.0.capture'],
    ['the coupons', 'coupons.jsonl', 'rewards.coupons'],
    ['the campaigns', 'in/../camp.yaml', 'rewards.campaigns'],
    ['the file of the pipeline', 'p.yaml', 'the file'],
    ['what is kept', 'data/manifest.json', 'lies in data'],
    ['an input folder', 'in/new', 'lies in sources.1.spool'],
    ['where files are moved', 'ended/new', 'lies in sources.1.done'],
    ['a folder', '.', 'is a folder'],
  ])('is not %s', (_what, path, reason) => {
    write(`${head}topics: { bets: { jsonl: ${path} } }\n`);
    expect(() => loadPipeline(file, false)).toThrow(
      expect.objectContaining({ code: 'PIPELINE_SCHEMA', message: expect.stringContaining(reason) }),
    );
    expect(() => loadPipeline(file, false)).toThrow(`${file}:6:26: PIPELINE_SCHEMA: topics.bets.jsonl: `);
  });

  test('is that of one topic, in each partition', () => {
    const both = `topics: { bets: { jsonl: out.jsonl }, cancels: { jsonl: ./out.jsonl } }\n`;
    expect(() => loadPipeline(write(head + both), false)).toThrow(/topics.bets.jsonl is written to .*out.jsonl, too/);
    const other = 'partitions: 2\ntopics: { bets: { jsonl: out.jsonl }, cancels: { jsonl: out.1.jsonl } }\n';
    expect(loadPipeline(write(head + other), false).partitions).toBe(2); // out.1.jsonl becomes out.1.1.jsonl
    expect(loadPipeline(write(`${head}topics: { bets: { jsonl: made/out.jsonl } }\n`), false).pipeline).toBe('p');
    const numbered = head
      .replace('day.cap', 'day.1.cap')
      .concat('partitions: 2\ntopics: { bets: { jsonl: day.cap } }\n');
    expect(() => loadPipeline(write(numbered), false)).toThrow(/day.1.cap is sources.0.capture/);
  });
});

describe('the catalog of a pipeline', () => {
  test('is not written over, nor its copybooks and what they copy', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'head.cpy'), '       01 H.\n           COPY KEYS.\n');
    writeFileSync(join(own, 'keys.cpy'), '           05 H-TYPE PIC X(2).\n           05 H-KEY PIC 9(4).\n');
    writeFileSync(join(own, 'a.cpy'), '       01 A.\n           05 A-TEXT PIC X(5).\n');
    writeFileSync(
      join(own, 'catalog.yaml'),
      'protocol: OWN\nheader: { copybook: head.cpy, fields: { type: H-TYPE, key: H-KEY } }\ntypes: { A: { copybook: a.cpy, role: notice } }\n',
    );
    symlinkSync('own/a.cpy', join(folder, 'link.cpy'));
    for (const name of ['own/head.cpy', 'own/keys.cpy', 'own/a.cpy', 'link.cpy']) {
      write(
        `${head.replace('overpunch:itc', 'own/catalog.yaml').replace(/rewards.*\n/, '')}topics: { orphans: { jsonl: ${name} } }\n`,
      );
      await expect(runPipelineCommand.run([file], { check: true, quiet: true })).rejects.toThrow(
        expect.objectContaining({
          code: 'PIPELINE_SCHEMA',
          message: expect.stringMatching(/5:29: .* is a copybook of the catalog/),
        }),
      );
    }
  });

  test('that comes with the package has a name that there is', () => {
    write(head.replace('overpunch:itc', 'overpunch:ict'));
    expect(() => loadPipeline(file, false)).toThrow(
      /p.yaml:2:10: PIPELINE_SCHEMA: no catalog overpunch:ict comes with the package(?:.|\n)*overpunch:itc/,
    );
  });
});

test('what the catalog does not have is said with its place, and what may be meant', () => {
  write(`pipeline: p
catalog: overpunch:itc
data: data
sources: [{ topic: bets }]
topics: { bet: { keep: false } }
rewards:
  campaigns: camp.yaml
  events: { redemptions: foo }
  sellingTerminal: { field: tiket }
  horses: [bases, asociates]
  wholeField: { formula: 3, horses: runner }
`);
  const { settings, places } = readPipelineFile(file, false);
  const found = [...catalogProblems(settings, compileEvents(itc).forms, places)];
  expect(found.map(({ position, message, hint }) => `${position.line}:${position.column} ${message}; ${hint}`)).toEqual(
    [
      '5:11 topics.bet: the pipeline writes no such topic; did you mean bets?',
      '4:20 sources.0 reads the topic bets, which this pipeline writes: it would feed on itself; name one that another pipeline, or a program, writes to the data directory',
      '8:26 rewards.events.redemptions: the catalog has no event foo; choose one of them',
      '9:29 rewards.sellingTerminal.field: the event bets has no member tiket; did you mean ticket?',
      '9:29 rewards.sellingTerminal.field: the event cancels has no member tiket; did you mean ticket?',
      '10:19 rewards.horses.1: the event bets has no member asociates; did you mean associates?',
      '11:37 rewards.wholeField.horses: the event bets has no member runner; did you mean runners?',
    ],
  );
});

test('a slice of a terminal has at least one character', () => {
  write(`${head.replace('camp.yaml,', 'camp.yaml, sellingTerminal: { field: ticket, length: 0 },')}`);
  expect(() => loadPipeline(file, false)).toThrow(/rewards.sellingTerminal.length is '0'(.|\n)*from 1 to 1000/);
});

test('inputs are named as the file says, from whatever folder it is run', () => {
  write(`${head}topics: { bets: { jsonl: out.jsonl } }\n`);
  const names = (): readonly unknown[] => loadPipeline(file, false).sources.map(({ name }) => name);
  const before = process.cwd();
  for (const folderOfRun of [before, folder, join(folder, 'in')]) {
    process.chdir(folderOfRun);
    try {
      expect(names()).toEqual(['day.cap', 'in']);
    } finally {
      process.chdir(before);
    }
  }
});

test('inputs are looked for before anything is made', () => {
  const path = (name: string): string => join(folder, name);
  const campaigns = path('camp.yaml');
  checkInputs({ sources: [{ capture: path('day.cap') }, { spool: path('in') }, { spool: path('to-come') }] });
  checkInputs({ sources: [], rewards: { campaigns, coupons: path('nosuch'), follow: true } });
  const nothing = `${path('nosuch')}: IO: no such file or folder`;
  expect(() => checkInputs({ sources: [{ capture: path('nosuch') }] })).toThrow(nothing);
  expect(() => checkInputs({ sources: [{ spool: path('nosuch'), follow: false }] })).toThrow(nothing);
  expect(() => checkInputs({ sources: [{ spool: path('day.cap') }] })).toThrow('IO: is no folder');
  expect(() => checkInputs({ sources: [{ capture: folder }] })).toThrow('IO: is no regular file');
  expect(() => checkInputs({ sources: [], rewards: { campaigns, coupons: path('nosuch') } })).toThrow(nothing);
  expect(() => checkInputs({ sources: [], rewards: { campaigns, races: folder } })).toThrow('IO: is no regular file');
});

test('a capture is not given twice, by whatever link', () => {
  for (const other of ['day.cap', 'hard.cap', 'soft.cap']) {
    expect(() => checkCaptures([join(folder, 'day.cap'), join(folder, other)])).toThrow(/is given twice/);
  }
});

test('a file of lines that cannot be one is said with its path first', () => {
  expect(() => jsonlFile({ path: folder }).open(null)).toThrow(
    expect.objectContaining({ code: 'IO', message: `${folder}: IO: is a folder` }),
  );
  const below = join(folder, 'day.cap', 'out.jsonl');
  expect(() => jsonlFile({ path: below }).open(null)).toThrow(expect.objectContaining({ code: 'IO' }));
  const made = jsonlFile({ path: join(folder, 'made', 'out.jsonl') });
  made.open(null);
  expect(made.position).toBe('0');
  made.close();
});
