import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import type { Campaign } from './campaign.ts';

/** What bets can say, as far as somebody knows: the values of a catalog, the calendar of races, the points of sale. */
export interface KnownNames {
  readonly types?: readonly string[] | undefined;
  readonly formulas?: readonly string[] | undefined;
  readonly racecourses?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly terminals?: ReadonlySet<string> | undefined;
}

const members = [
  { member: 'types', field: 'type', noun: 'type of bets' },
  { member: 'formulas', field: 'formula', noun: 'formula' },
  { member: 'racecourses', field: 'racecourse', noun: 'racecourse' },
  { member: 'regions', field: 'region', noun: 'region' },
] as const;

/** Find the names in a campaign that no bet has. */
export function checkNames(
  campaign: Campaign,
  known: KnownNames,
  positionOf: (path: YamlPath) => SourcePosition,
): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  for (const { member, field, noun } of members) {
    const names = known[member];
    if (names === undefined) continue;
    const check = (value: string, path: YamlPath): void => {
      if (names.includes(value)) return;
      const [near] = nearNames(value, names);
      problems.push({
        code: 'CAMPAIGN_NAME',
        severity: 'error',
        position: positionOf(path),
        message: `there is no ${noun} ${value}`,
        expected: `one of ${names.slice(0, 20).join(', ')}`,
        hint: near === undefined ? undefined : `did you mean ${near}?`,
      });
    };
    for (const [index, value] of (campaign[member] ?? []).entries()) check(value, [member, index]);
    for (const need of campaign.when?.needs ?? []) {
      if (need.field === field && 'oneOf' in need) for (const value of need.oneOf) check(String(value), ['when']);
    }
  }
  if (known.terminals !== undefined) problems.push(...terminalProblems(campaign, known.terminals, positionOf));
  return problems;
}

/** Find the terminals that are no point of sale: one mistake for a whole list of them. */
function* terminalProblems(
  { include, exclude, when }: Campaign,
  known: ReadonlySet<string>,
  positionOf: (path: YamlPath) => SourcePosition,
): Generator<SettingsProblem> {
  const asked = (when?.needs ?? []).flatMap((need) => (need.field === 'terminal' ? need.oneOf.map(String) : []));
  for (const [member, terminals] of Object.entries({ include, exclude, when: asked })) {
    const unknown = [...(terminals ?? [])].filter((terminal) => !known.has(terminal));
    const [first] = unknown;
    if (first === undefined) continue;
    const others = unknown.length === 1 ? '' : ` (and ${unknown.length - 1} more of ${member})`;
    yield {
      code: 'CAMPAIGN_NAME',
      severity: 'error',
      position: positionOf([member]),
      message: `there is no point of sale ${first}${others}`,
      expected: `one of ${known.size} terminals`,
      hint: nearTerminal(first, known),
    };
  }
}

const mostCompared = 20_000; // terminals: with more it takes too long to look for a similar one

function nearTerminal(terminal: string, known: ReadonlySet<string>): string | undefined {
  const [near] = known.size > mostCompared ? [] : nearNames(terminal, [...known]);
  return near === undefined ? undefined : `did you mean ${near}?`;
}
