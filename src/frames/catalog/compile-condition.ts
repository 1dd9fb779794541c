import { EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import type { SourcePosition } from '../../copybook/source-position.ts';
import { type CallRule, checkCalls } from '../../settings/check-calls.ts';
import { type ConditionMistake, ConditionRefusal, placeIn, type Refuse } from '../../settings/condition-problem.ts';
import { type FieldChain, fieldChains } from '../../settings/field-chains.ts';
import { checkedCondition, compileWith, conditionEnvironment, parseCondition } from '../../settings/parse-condition.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import { type ConditionValue, conditionType, conditionValue } from './condition-values.ts';
import type { EventScope, ScopedField } from './event-scope.ts';
import { isProblem } from './find-field.ts';
import type { Found } from './found-value.ts';
import type { FrameSource } from './frame-source.ts';
import { neverEqual } from './never-equal.ts';
import { simpleCondition } from './simple-condition.ts';

const kind = { code: 'CATALOG_CONDITION', expected: "a condition in CEL, such as 'response.STATUS == 0'" } as const;
const calls: CallRule = { of: 'catalogs', also: ['bind', 'dyn'] };

/**
 * A condition of an event, ready to be asked. What asks for a field that is not there does not hold, unless the rest decides alone (CEL,
 * "Logical Operators"); neither does what cannot be computed, such as a division by zero.
 */
export type Condition = (own: FrameSource, pair: FrameSource) => boolean;

/** Parse and check a condition in CEL, written at a position. Returns what is wrong with it, if anything is. */
export function compileCondition(
  text: string,
  scope: EventScope,
  position: SourcePosition,
): Condition | SettingsProblem {
  return compileWith(text, position, kind, (refuse) => compile(text, scope, position, refuse));
}

/** A field that an expression names, and the variable that takes its place. */
interface Variable extends ScopedField {
  readonly name: string;
  readonly presence: boolean;
}

function compile(text: string, scope: EventScope, position: SourcePosition, refuse: Refuse): Condition {
  const variables = new Map<string, Variable>();
  let flat = text;
  const expression = parseCondition(text, refuse);
  checkCalls(expression, calls, refuse);
  for (const chain of fieldChains(expression, refuse)) {
    const found = fieldOf(chain, text, scope, position);
    const mistake = chain.presence ? null : misuse(chain, found);
    if (mistake !== null) refuse({ at: chain.start, ...mistake });
    const variable = variableFor(chain, found, variables);
    // As long as before, so that places in messages stay right.
    const width = chain.end - chain.start;
    flat = `${flat.slice(0, chain.start)}${variable.name.padEnd(width)}${flat.slice(chain.end)}`;
  }
  const environment = conditionEnvironment();
  for (const variable of variables.values()) environment.registerVariable(variable.name, celType(variable));
  const fields = [...variables.values()].filter(({ presence }) => !presence).map(describe);
  const expected = fields.length === 0 ? undefined : `what its fields allow: ${[...new Set(fields)].join(', ')}`;
  const parsed = checkedCondition(flat, environment, { expected, field: 'request.FIELD' }, refuse);
  const simple = simpleCondition(parsed.ast, (name) => {
    const variable = variables.get(name);
    return variable === undefined || variable.presence ? null : variable;
  });
  return simple ?? evaluator(parsed, [...variables.values()]);
}

/** Find the field of a chain; the problem says where hyphens were written that CEL takes for minus. */
function fieldOf(chain: FieldChain, text: string, scope: EventScope, position: SourcePosition): ScopedField {
  const place = placeIn(text, position, chain.start);
  const rooted = scope.isRoot(chain.root) && chain.names.length > 0;
  const root = rooted ? chain.root : null;
  const names = rooted ? chain.names : [{ text: chain.root, exact: false }, ...chain.names];
  const found = scope.below(root, names, place);
  if (!isProblem(found)) return found;
  const last = names.at(-1)?.text ?? '';
  const tail = /^(?:\s*-\s*[A-Za-z0-9_]+)+/.exec(text.slice(chain.end))?.[0].replaceAll(/\s/g, '') ?? '';
  for (let rest = tail; rest !== ''; rest = rest.slice(0, rest.lastIndexOf('-'))) {
    const whole = [...names.slice(0, -1), { text: last + rest, exact: true }];
    if (isProblem(scope.below(root, whole, place))) continue;
    const written = `${rooted ? `${chain.root}.` : ''}${whole.map((name) => name.text.replaceAll('-', '_')).join('.')}`;
    throw new ConditionRefusal({ ...found, hint: `a hyphen is a minus in CEL: write ${written}` });
  }
  throw new ConditionRefusal(found);
}

/** What is wrong with how a field is used, beyond its type. */
function misuse({ operator, literals }: FieldChain, { field }: ScopedField): Omit<ConditionMistake, 'at'> | null {
  if (conditionType(field.form) === 'decimal' && (field.depth > 0 || !['==', '!=', 'in'].includes(operator))) {
    return {
      message: `${field.name} has more digits than a number holds exactly: it is given as text`,
      expected: 'a comparison with == or != or in',
      hint: "compare it with its decimals in quotation marks, '0.00', or give the field fewer digits by a setting",
    };
  }
  if (operator !== '==' && operator !== '!=' && operator !== 'in') return null;
  for (const literal of literals) {
    const mistake = neverEqual(field, literal);
    if (mistake !== null) return mistake;
  }
  return null;
}

function variableFor(chain: FieldChain, found: ScopedField, variables: Map<string, Variable>): Variable {
  for (const known of variables.values())
    if (known.field === found.field && known.presence === chain.presence && fits(known.name, chain)) return known;
  const short = `_${variables.size.toString(36)}`;
  const name = fits(short, chain) ? short : chain.root; // a bare name of one letter stays
  const variable = { ...found, name, presence: chain.presence };
  variables.set(name, variable);
  return variable;
}

function fits(name: string, { start, end }: FieldChain): boolean {
  return name.length <= end - start;
}

function celType({ field, presence }: Variable): string {
  if (presence) return 'bool';
  const type = conditionType(field.form);
  let whole: string = type === 'decimal' ? 'string' : type;
  for (let depth = 0; depth < field.depth; depth++) whole = `list<${whole}>`;
  return whole;
}

function describe(variable: Variable): string {
  return `${variable.field.name} is ${celType(variable)}`;
}

const noValue = new Error('a field has no value'); // made once: a stack trace costs more than an event

/** Evaluate a checked expression; fields are read when it asks for them. */
function evaluator(parsed: ParseResult, variables: readonly Variable[]): Condition {
  let own: FrameSource | null = null;
  let pair: FrameSource | null = null;
  const context: Record<string, unknown> = Object.create(null);
  for (const { name, side, field, presence } of variables) {
    const value = conditionValue(field);
    const find = (): Found => {
      const source = side === 'own' ? own : pair;
      return source === null ? null : field.find(source);
    };
    const get = (): ConditionValue | boolean => {
      const found = value(find());
      if (presence) return found !== undefined;
      if (found === undefined) throw noValue;
      return found;
    };
    Object.defineProperty(context, name, { get, enumerable: true });
  }
  return (first, second) => {
    own = first;
    pair = second;
    try {
      return parsed(context) === true;
    } catch (error) {
      if (error === noValue || error instanceof EvaluationError) return false;
      throw error;
    }
  };
}
