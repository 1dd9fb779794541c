import type { z } from 'zod';
import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import { byPlace } from '../settings/by-place.ts';
import { notRead } from '../settings/quick-reader.ts';
import { type Places, schemaProblem } from '../settings/schema-problem.ts';
import { SettingsError, type SettingsProblem } from '../settings/settings-error.ts';
import { membersNamedProto, syntaxError, yamlHint } from '../settings/settings-file.ts';
import { placesIn } from '../yaml/places-in.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { nodeAt, offsetOf, plainValue, valueOffsetOf, type YamlNode } from '../yaml/yaml-node.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import { campaignKind } from './campaign-kind.ts';
import { CampaignMemory } from './campaign-memory.ts';
import { type CampaignPart, type CampaignParts, campaignParts, emptied, type FilePart } from './campaign-parts.ts';
import { type CampaignFileSettings, campaignFileSchema, campaignSchema, readCampaign } from './campaign-schema.ts';
import { checkCampaign } from './check-campaign.ts';
import { checkNames, type KnownNames } from './check-names.ts';
import { type CheckedCondition, compileBetCondition } from './compile-bet-condition.ts';
import { cutCampaigns, notToBeCut } from './cut-campaigns.ts';
import { madeCampaign } from './made-campaign.ts';
import type { TerminalList } from './terminal-list.ts';
import { createTerminalLists, type PositionAt, type TerminalLists } from './terminal-lists.ts';

const usualDeadline = 800; // ms from capture to decision
const usualKeep = 7 * 86_400_000; // ms
const mostProblems = 200; // more of them say nothing new

/**
 * Read and check a text of campaigns in small steps: it yields after each campaign, and returns the set. Names that are not among those that are
 * known are mistakes.
 *
 * What is in `memory` is not read again; afterwards the set is in it. Throws a SettingsError with everything that is wrong with the text
 * (CAMPAIGN_*), each with its place.
 */
export function* campaignsInSteps(
  text: string,
  file: string,
  known: KnownNames = noNames,
  memory: CampaignMemory = new CampaignMemory(),
): Generator<void, CampaignSet> {
  const placeAt = placesIn(text);
  const positionAt = (offset: number): SourcePosition => ({ file, ...placeAt(offset) });
  try {
    const reading = new CampaignReading(positionAt, known, memory);
    const parts = yield* cutCampaigns(text, (written) => reading.former.get(written));
    if (parts !== null) return yield* campaignsOf(parts, reading);
  } catch (error) {
    if (error !== notToBeCut) throw error;
  }
  const { root, mistake } = readYaml(text);
  if (root === null) {
    const { offset, message } = mistake ?? { offset: 0, message: 'the file is empty' };
    throw syntaxError(campaignKind, [positionAt(offset)], message, yamlHint);
  }
  yield;
  return yield* campaignsOf(campaignParts(root), new CampaignReading(positionAt, known, memory));
}

const noNames: KnownNames = {};

function* campaignsOf(parts: CampaignParts, reading: CampaignReading): Generator<void, CampaignSet> {
  const head = reading.head(parts.head);
  reading.recall(head?.timeZone ?? 'UTC', parts.terminalsText ?? null);
  yield* reading.terminals(parts.terminals);
  yield* reading.list(parts.list, parts.head, head?.timeZone ?? 'UTC');
  const { problems, campaigns } = reading;
  reading.pools(Object.keys(head?.pools ?? {}), parts.head);
  if (problems.length > 0 || head === null) throw new SettingsError(problems.sort(byPlace));
  reading.remember();
  return {
    name: head.campaigns,
    version: head.version,
    timeZone: head.timeZone,
    decideWithin: head.decideWithin ?? usualDeadline,
    keep: head.keep ?? usualKeep,
    campaigns,
    poolLimits: new Map(Object.entries(head.pools ?? {}).map(([pool, { limit }]) => [pool, limit])),
  };
}

/** A file that is being read: what was found in it, and what is wrong with it. */
class CampaignReading {
  readonly problems: SettingsProblem[] = [];
  readonly campaigns: Campaign[] = [];
  /** What was read before, by its text. */
  former: ReadonlyMap<string, Campaign> = new Map();
  readonly #positionAt: PositionAt;
  readonly #known: KnownNames;
  readonly #memory: CampaignMemory;
  readonly #terminals: TerminalLists;
  readonly #ids = new Map<string, number>(); // the offsets at which they stand
  /** Campaigns with which nothing is wrong, by their texts. */
  readonly #read = new Map<string, Campaign>();
  #surroundings: readonly unknown[] | null = null;

  constructor(positionAt: PositionAt, known: KnownNames, memory: CampaignMemory) {
    this.#positionAt = positionAt;
    this.#known = known;
    this.#memory = memory;
    this.#terminals = createTerminalLists(memory.names);
  }

  /** Hear of what campaigns depend on besides their own texts; `null`: they do not stand by themselves. */
  recall(timeZone: string, terminals: string | null): void {
    if (terminals === null) return;
    const { names } = this.#memory;
    this.#surroundings = [timeZone, terminals, this.#known, names];
    this.former = this.#memory.recall(this.#surroundings);
  }

  /** Let what was read be there for the next time. */
  remember(): void {
    if (this.#surroundings !== null) this.#memory.keep(this.#surroundings, this.#read);
  }

  head(node: YamlNode): CampaignFileSettings | null {
    return this.#checked({ node, base: 0 }, campaignFileSchema, campaignKind.name);
  }

  *terminals(part: CampaignParts['terminals']): Generator<void> {
    if (part === null) return;
    if (!isIterable(part)) {
      this.#complain(part.offset, 'terminals is no mapping', 'lists of terminals by their names');
      return;
    }
    for (const list of part) {
      if (list.plain === undefined || !(yield* this.#terminals.addPlain(list.plain.name, list.plain.list))) {
        const { node, base } = list;
        this.problems.push(...this.#terminals.add(node, (offset) => this.#positionAt(base + offset)));
      }
      yield;
    }
  }

  *list(part: CampaignParts['list'], head: YamlNode, timeZone: string): Generator<void> {
    if (part === null || !isIterable(part)) {
      const offset = part?.offset ?? head.offset;
      this.#complain(offset, `list is ${part === null ? 'missing' : 'no list'}`, 'a list of campaigns', 'add list:');
      return;
    }
    for (const item of part) {
      const former = this.#formerCampaign(item);
      if (former === null) yield* this.#campaign(item, timeZone);
      else this.#add(former, item.start ?? 0, item);
      if (this.problems.length > mostProblems) return;
      yield;
    }
  }

  /** Check that the pools that have a limit are pools of campaigns. */
  pools(names: readonly string[], head: YamlNode): void {
    if (this.problems.length > 0 || names.length === 0) return;
    const used = [...new Set(this.campaigns.map(({ pool }) => pool))];
    for (const name of names) {
      if (used.includes(name)) continue;
      const [near] = nearNames(name, used);
      this.problems.push({
        code: 'CAMPAIGN_NAME',
        severity: 'error',
        position: this.#positionAt(offsetOf(head, ['pools', name])),
        message: `no campaign takes coupons from the pool ${name}`,
        expected: 'pools of campaigns',
        hint: near === undefined ? 'remove it' : `did you mean ${near}?`,
      });
    }
  }

  *#campaign(part: CampaignPart, timeZone: string): Generator<void> {
    const plain = yield* this.#plainCampaign(part, timeZone);
    if (plain !== null) {
      this.#add(plain, part.start ?? 0, part);
      return;
    }
    const settings = this.#checked(withoutTerminals(part), campaignSchema, 'campaign');
    const problems: SettingsProblem[] = [];
    const places = this.#placesOf(part);
    const include = this.#terminalsOf(part, 'include', problems);
    const exclude = this.#terminalsOf(part, 'exclude', problems);
    const when = this.#condition(part.node, settings?.timeZone ?? timeZone, places, problems);
    if (settings === null) {
      for (const problem of problems) this.#note(problem, part.node);
      return;
    }
    const campaign = madeCampaign(settings, { index: this.campaigns.length, timeZone, include, exclude, when });
    if (settings.seed !== undefined && settings.share === undefined) {
      problems.push({
        code: 'CAMPAIGN_SCHEMA',
        severity: 'error',
        position: places.positionOf(['seed']),
        message: 'seed is given, and share is not',
        expected: 'seed: beside share:, for whose draw it is',
      });
    }
    problems.push(...checkCampaign(campaign, when?.clock ?? null, places.positionOf));
    problems.push(...checkNames(campaign, this.#known, places.valuePositionOf));
    const first = this.#ids.get(campaign.id);
    if (first !== undefined) {
      problems.push({
        code: 'CAMPAIGN_NAME',
        severity: 'error',
        position: places.valuePositionOf(['id']),
        message: `the campaign of line ${this.#positionAt(first).line} has this id too`,
        expected: 'ids that differ',
      });
    }
    this.#add(campaign, first ?? part.base + part.node.offset, problems.length === 0 ? part : {});
    for (const problem of problems) this.#note(problem, part.node);
  }

  /** Add a campaign, which stands at an offset, and has a text if it may be remembered by that. */
  #add(campaign: Campaign, offset: number, { written }: { readonly written?: string }): void {
    this.#ids.set(campaign.id, offset);
    this.campaigns.push(campaign);
    if (written !== undefined) this.#read.set(written, campaign);
  }

  /** The campaign that was read of the same text. */
  #formerCampaign({ former }: CampaignPart): Campaign | null {
    if (former === undefined || this.#ids.has(former.id)) return null;
    const index = this.campaigns.length;
    return former.index === index ? former : { ...former, index };
  }

  /** Make a campaign that is written as JSON; `null`: something is wrong with it, or may be, which only the whole of it can tell. */
  *#plainCampaign({ plain }: CampaignPart, zone: string): Generator<void, Campaign | null> {
    if (plain === undefined) return null;
    const { members, include, exclude } = plain;
    const settings = readCampaign(members);
    if (settings === notRead) return null;
    if (this.#ids.has(settings.id) || (settings.seed !== undefined && settings.share === undefined)) return null;
    const hasList = include !== null || settings.include !== undefined;
    const included = hasList ? yield* this.#plainTerminals(include, settings.include) : null;
    const hasOther = exclude !== null || settings.exclude !== undefined;
    const excluded = hasOther ? yield* this.#plainTerminals(exclude, settings.exclude) : null;
    if (included === wrong || excluded === wrong) return null;
    const { when: text, timeZone = zone } = settings;
    const when = text === undefined ? null : compileBetCondition(text, nowhere, timeZone);
    if (when !== null && !('holds' in when)) return null;
    const surroundings = { index: this.campaigns.length, timeZone: zone, include: included, exclude: excluded, when };
    const campaign = madeCampaign(settings, surroundings);
    if (checkCampaign(campaign, when?.clock ?? null, () => nowhere).length > 0) return null;
    const isRight = this.#known === noNames || checkNames(campaign, this.#known, () => nowhere).length === 0;
    return isRight ? campaign : null;
  }

  /** The terminals of a list whose text, or else whose value, is given; `wrong` for what is none. */
  *#plainTerminals(text: string | null, value: unknown): Generator<void, TerminalList | typeof wrong> {
    if (text !== null) return (yield* this.#terminals.terminalsIn(text)) ?? wrong;
    const word = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof word !== 'string' || !/^[A-Za-z0-9._-]+$/.test(word)) return wrong;
    return (yield* this.#terminals.terminalsIn(`["${word}"]`)) ?? wrong;
  }

  #terminalsOf(
    { node, base }: FilePart<YamlNode>,
    member: 'include' | 'exclude',
    problems: SettingsProblem[],
  ): TerminalList | null {
    const value = nodeAt(node, [member]);
    if (value === null) return null;
    return this.#terminals.terminalsOf(value, (offset) => this.#positionAt(base + offset), problems);
  }

  #condition(node: YamlNode, timeZone: string, places: Places, problems: SettingsProblem[]): CheckedCondition | null {
    const when = nodeAt(node, ['when']);
    if (when?.kind !== 'scalar' || when.value === '') return null;
    const compiled = compileBetCondition(when.value, places.valuePositionOf(['when']), timeZone);
    if ('holds' in compiled) return compiled;
    problems.push(compiled);
    return null;
  }

  /** What a part says, when its form is right. */
  #checked<T>(part: FilePart<YamlNode>, schema: z.ZodType<T>, name: string): T | null {
    const { node, base } = part;
    const forbidden = membersNamedProto(node);
    if (forbidden.length > 0) {
      throw syntaxError(
        campaignKind,
        forbidden.map((offset) => this.#positionAt(base + offset)),
        '__proto__ is no name',
        yamlHint,
      );
    }
    const value = plainValue(node);
    const parsed = schema.safeParse(value); // asked thousands of times: code made for it is worth its while
    if (parsed.success) return parsed.data;
    const places = this.#placesOf(part);
    const kind = { name, schemaCode: campaignKind.schemaCode };
    for (const issue of parsed.error.issues) {
      const path = withoutItem(node, issue.path);
      for (const problem of schemaProblem({ ...issue, path }, value, places, kind)) this.#note(problem, node);
    }
    return null;
  }

  #placesOf({ node, base }: FilePart<YamlNode>): Places {
    return {
      positionOf: (path) => this.#positionAt(base + offsetOf(node, path)),
      valuePositionOf: (path) => this.#positionAt(base + valueOffsetOf(node, path)),
    };
  }

  /** Note a problem, and whose it is when that is a campaign. */
  #note(problem: SettingsProblem, node: YamlNode): void {
    const id = nodeAt(node, ['id']);
    const name = id?.kind === 'scalar' ? id.value.slice(0, 100) : '';
    this.problems.push(name === '' ? problem : { ...problem, message: `campaign ${name}: ${problem.message}` });
  }

  #complain(offset: number, message: string, expected: string, hint?: string): void {
    const position = this.#positionAt(offset);
    this.problems.push({ code: 'CAMPAIGN_SCHEMA', severity: 'error', position, message, expected, hint });
  }
}

const nowhere: SourcePosition = { file: '', line: 1, column: 1, lineText: '' }; // of what is right, nobody asks for the place

const wrong = Symbol('wrong');

function isIterable<T>(part: Iterable<T> | YamlNode): part is Iterable<T> {
  return Symbol.iterator in part;
}

/** The path to a value without the index of the only item of a list, for which the value stands. */
function withoutItem(node: YamlNode, path: PropertyKey[]): PropertyKey[] {
  const list = path.slice(0, -1);
  return typeof path.at(-1) === 'number' && nodeAt(node, list)?.kind === 'scalar' ? list : path;
}

/** A campaign without its terminals, which are read by themselves. */
function withoutTerminals({ node, base }: FilePart<YamlNode>): FilePart<YamlNode> {
  if (node.kind !== 'map') return { node, base };
  const isList = (key: string): boolean => key === 'include' || key === 'exclude';
  return {
    node: { ...node, entries: node.entries.map((entry) => (isList(entry.key) ? emptied(entry) : entry)) },
    base,
  };
}
