import { type Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import { type CallRule, checkCalls } from '../settings/check-calls.ts';
import type { Refuse } from '../settings/condition-problem.ts';
import { type FieldChain, fieldChains } from '../settings/field-chains.ts';
import { checkedCondition, compileWith, conditionEnvironment, parseCondition } from '../settings/parse-condition.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { Bet } from './bet.ts';
import type { BetCondition } from './bet-condition.ts';
import { type BetField, betFields } from './bet-fields.ts';
import { type ClockNeeds, conditionNeeds } from './condition-needs.ts';
import { dayOfDate, localCalendar } from './local-calendar.ts';
import { type ConditionName, inexact, nativeCondition } from './native-condition.ts';

const kind = { code: 'CAMPAIGN_CONDITION', expected: "a condition in CEL, such as 'bet.stake >= 500'" } as const;

/** A condition, and what it needs of the clock, for which there is no index. */
export interface CheckedCondition extends BetCondition {
  readonly clock: ClockNeeds;
}

/** What conditions with the clocks of a time zone are compiled with: made once, as it costs more than a condition. */
interface BetScope {
  readonly fields: ReadonlyMap<string, BetField>;
  /** The identifiers that take the places of `bet.FIELD` and `has(bet.FIELD)`. */
  readonly names: ReadonlyMap<string, ConditionName>;
  readonly environment: Environment;
  /** Its fields for people. */
  readonly list: string;
}

const scopes = new Map<string, BetScope>(); // as many as there are time zones, at most

/**
 * Parse and check a condition on bets in CEL, written at a position. Returns what is wrong with it, if anything is.
 *
 * It asks for `bet.FIELD`, one of `betFields`, on clocks of the time zone. Without a value a field can be asked for by `has(bet.FIELD)`
 * alone. Functions that depend on the machine, such as those of timestamps, or may take forever are refused.
 */
export function compileBetCondition(
  text: string,
  position: SourcePosition,
  timeZone: string,
): CheckedCondition | SettingsProblem {
  return compileWith(text, position, kind, (refuse) => compile(text, scopeOf(timeZone), refuse));
}

function scopeOf(timeZone: string): BetScope {
  const known = scopes.get(timeZone);
  if (known !== undefined) return known;
  const fields = betFields(localCalendar(timeZone));
  const names = new Map<string, ConditionName>();
  const environment = conditionEnvironment();
  for (const field of fields.values()) {
    environment.registerVariable(valueName(field.name), field.type);
    environment.registerVariable(presenceName(field.name), 'bool');
    names.set(valueName(field.name), { field, presence: false });
    names.set(presenceName(field.name), { field, presence: true });
  }
  const list = [...fields.keys()].map((name) => `bet.${name}`).join(', ');
  const scope = { fields, names, environment, list };
  scopes.set(timeZone, scope);
  return scope;
}

// Shorter than `bet.FIELD` and `has(bet.FIELD)`, so that places in messages stay right.
function valueName(field: string): string {
  return `_${field}`;
}

function presenceName(field: string): string {
  return `_has_${field}`;
}

function compile(text: string, scope: BetScope, refuse: Refuse): CheckedCondition {
  const used = new Set<BetField>();
  let flat = text;
  const expression = parseCondition(text, refuse);
  checkCalls(expression, calls, refuse);
  for (const chain of fieldChains(expression, refuse)) {
    const field = fieldOf(chain, scope, refuse);
    const name = chain.presence ? presenceName(field.name) : valueName(field.name);
    if (!chain.presence) {
      used.add(field);
      checkLiterals(chain, field, refuse);
    }
    flat = `${flat.slice(0, chain.start)}${name.padEnd(chain.end - chain.start)}${flat.slice(chain.end)}`;
  }
  const types = [...used].map(({ name, type }) => `bet.${name} is ${type}`).join(', ');
  const expected = types === '' ? undefined : `what its fields allow: ${types}`;
  const parsed = checkedCondition(flat, scope.environment, { expected, field: 'bet.FIELD' }, refuse);
  const needs = conditionNeeds(parsed.ast, scope.names);
  if (needs === null) {
    const hint = 'two of its parts exclude each other: || joins conditions of which one is enough';
    return refuse({ at: 0, message: 'the condition holds for no bet', expected: 'one that can be true', hint });
  }
  return { text, ...needs, holds: evaluator(parsed, scope) };
}

const clockHint = 'compare bet.day, bet.weekday, bet.hour and bet.minute, or use period:, days: and hours:';
const calls: CallRule = { of: 'campaigns', clockHint };

function fieldOf(chain: FieldChain, { fields, list }: BetScope, refuse: Refuse): BetField {
  const { root, names, start: at } = chain;
  const [name] = names;
  if (root !== 'bet') {
    const hint = fields.has(root)
      ? `write bet.${root}`
      : `write bet.${nearNames(root, [...fields.keys()])[0] ?? 'FIELD'}`;
    return refuse({ at, message: `there is no ${root}`, expected: list, hint });
  }
  if (name === undefined) return refuse({ at, message: 'bet is a whole bet', expected: `a field of it: ${list}` });
  const field = fields.get(name.text);
  if (field === undefined) {
    const [near] = nearNames(name.text, [...fields.keys()]);
    const hint = name.text === 'time' ? clockHint : near === undefined ? undefined : `did you mean bet.${near}?`;
    return refuse({ at, message: `a bet has no field ${name.text}`, expected: `one of ${list}`, hint });
  }
  if (names.length > 1) refuse({ at, message: `bet.${field.name} has no fields`, expected: `bet.${field.name}` });
  return field;
}

const comparisons: readonly string[] = ['==', '!=', 'in', '<', '<=', '>', '>='];

/** Refuse dates that are none: no bet has them. */
function checkLiterals({ start, operator, literals }: FieldChain, { name }: BetField, refuse: Refuse): void {
  if (name !== 'date' && name !== 'day') return;
  for (const literal of literals) {
    if (!comparisons.includes(operator) || typeof literal !== 'string' || dayOfDate(literal) !== null) continue;
    refuse({ at: start, message: `bet.${name} is never '${literal}'`, expected: "a date such as '2024-03-31'" });
  }
}

/** Make the function that asks a bet: a native one where there is one. */
function evaluator(parsed: ParseResult, scope: BetScope): (bet: Bet) => boolean {
  const native = nativeCondition(parsed.ast, scope.names);
  if (native === null) return interpreted(parsed, scope);
  let exact: ((bet: Bet) => boolean) | null = null;
  return (bet) => {
    try {
      return native(bet) === 1;
    } catch (error) {
      if (error !== inexact) throw error;
      exact ??= interpreted(parsed, scope);
      return exact(bet);
    }
  };
}

const noValue = new Error('a field has no value'); // made once: a stack trace costs more than a bet

function interpreted(parsed: ParseResult, { names }: BetScope): (bet: Bet) => boolean {
  let asked: Bet | null = null;
  const context: Record<string, unknown> = Object.create(null);
  for (const [name, { field, presence }] of names) {
    const get = (): unknown => {
      const value = asked === null ? null : field.value(asked);
      if (presence) return value !== null;
      if (value === null) throw noValue;
      return typeof value === 'number' ? BigInt(value) : value;
    };
    Object.defineProperty(context, name, { get, enumerable: true });
  }
  return (bet) => {
    asked = bet;
    try {
      return parsed(context) === true;
    } catch (error) {
      if (error === noValue || error instanceof EvaluationError) return false;
      throw error;
    }
  };
}
