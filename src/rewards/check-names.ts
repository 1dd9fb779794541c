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
  return problems;
}
