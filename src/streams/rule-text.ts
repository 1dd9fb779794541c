import { OverpunchError } from '../errors.ts';
import type { CorrelateSettings, RetransmissionPolicy } from './correlate-settings.ts';

/** The settings that a state depends on. Caps may change between runs. */
export type StoredRule = {
  readonly [Name in 'before' | 'after' | 'grace' | 'disorder' | 'policy' | 'timeInIdentity']-?: NonNullable<
    CorrelateSettings[Name]
  >;
};

/** Write the settings as the control record of a state has them. */
export function ruleText({ before, after, grace, disorder, policy, timeInIdentity }: StoredRule): string {
  return `before ${before}, after ${after}, grace ${grace}, disorder ${disorder}, policy ${policy}, time ${timeInIdentity ? 'in' : 'not in'} the identity`;
}

const form =
  /^before (\d+), after (\d+), grace (\d+), disorder (\d+), policy (first|last|all), time (in|not in) the identity$/;

/** Read them again. Throws STATE_CORRUPT. */
export function readRule(text: string): StoredRule {
  const found = form.exec(text);
  if (found === null) throw new OverpunchError('STATE_CORRUPT', 'the settings of the kept state cannot be read');
  const [before = 0, after = 0, grace = 0, disorder = 0] = found.slice(1, 5).map(Number);
  const policy = found[5] as RetransmissionPolicy;
  return { before, after, grace, disorder, policy, timeInIdentity: found[6] === 'in' };
}
