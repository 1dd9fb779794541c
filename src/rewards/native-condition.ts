import type { ASTNode } from '@marcbachmann/cel-js';
import type { Bet } from './bet.ts';
import type { BetField } from './bet-fields.ts';

/** What a condition says of a bet: 1 it holds, 0 it does not, -1 it cannot be said. */
export type Verdict = -1 | 0 | 1;

/** Thrown when a number left the range in which doubles are exact: another evaluation has to say. */
export const inexact: Error = new Error('a number is too large'); // made once: a stack trace costs more than a bet

/** A part of an expression as functions: texts that cannot be said are `null`, numbers NaN. */
type Part =
  | { readonly kind: 'bool'; readonly run: (bet: Bet) => Verdict; readonly literal?: boolean }
  | { readonly kind: 'int'; readonly run: (bet: Bet) => number; readonly literal?: number }
  | { readonly kind: 'double'; readonly literal: number; readonly run: (bet: Bet) => number }
  | { readonly kind: 'string'; readonly run: (bet: Bet) => string | null; readonly literal?: string };

/** How identifiers of an expression are read: the value of a field, or whether it has one. */
export interface ConditionName {
  readonly field: BetField;
  readonly presence: boolean;
}

/**
 * Make functions of a checked expression that say the same as evaluating it; `null` when it has parts that have none.
 *
 * Integers are doubles here, which is exact as long as all of them are safe integers; what leaves that range throws `inexact`.
 */
export function nativeCondition(
  expression: ASTNode,
  names: ReadonlyMap<string, ConditionName>,
): ((bet: Bet) => Verdict) | null {
  const part = partOf(expression, names);
  return part?.kind === 'bool' ? part.run : null;
}

function partOf(node: ASTNode, names: ReadonlyMap<string, ConditionName>): Part | null {
  const part = (inner: ASTNode): Part | null => partOf(inner, names);
  switch (node.op) {
    case 'value':
      return literalPart(node.args);
    case 'id': {
      const name = names.get(node.args);
      return name === undefined ? null : fieldPart(name);
    }
    case '!_': {
      const inner = part(node.args);
      if (inner?.kind !== 'bool') return null;
      const { run } = inner;
      return { kind: 'bool', run: (bet) => negated[run(bet) + 1] as Verdict };
    }
    case '-_': {
      const inner = part(node.args);
      if (inner?.kind !== 'int') return null;
      const { run } = inner;
      return { kind: 'int', run: (bet) => -run(bet) };
    }
    case '&&':
    case '||':
      return logicalPart(node.op === '&&' ? 0 : 1, part(node.args[0]), part(node.args[1]));
    case '?:':
      return choicePart(part(node.args[0]), part(node.args[1]), part(node.args[2]));
    case '==':
    case '!=':
      return equalityPart(part(node.args[0]), part(node.args[1]), node.op === '==' ? 1 : 0);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return orderPart(node.op, part(node.args[0]), part(node.args[1]));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmeticPart(node.op, part(node.args[0]), part(node.args[1]));
    case 'in':
      return node.args[1].op === 'list' ? membershipPart(part(node.args[0]), node.args[1].args.map(part)) : null;
    case 'rcall': {
      const [name, receiver, args] = node.args;
      return methodPart(name, part(receiver), args.map(part));
    }
    default:
      return null;
  }
}

const negated: readonly Verdict[] = [-1, 1, 0]; // of -1, 0, 1

function literalPart(value: unknown): Part | null {
  if (typeof value === 'string') return { kind: 'string', literal: value, run: () => value };
  if (typeof value === 'boolean') return { kind: 'bool', literal: value, run: () => (value ? 1 : 0) };
  if (typeof value === 'number') return { kind: 'double', literal: value, run: () => value };
  const number = typeof value === 'bigint' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? { kind: 'int', literal: number, run: () => number } : null;
}

function fieldPart({ field, presence }: ConditionName): Part {
  if (presence) {
    const { value } = field;
    return { kind: 'bool', run: (bet) => (value(bet) === null ? 0 : 1) };
  }
  if (field.type === 'string') return { kind: 'string', run: field.value };
  const { value } = field;
  return { kind: 'int', run: (bet) => value(bet) ?? Number.NaN };
}

/** `&&` (decided by 0) and `||` (decided by 1): what decides on one side decides, whatever the other one is. */
function logicalPart(decisive: 0 | 1, left: Part | null, right: Part | null): Part | null {
  if (left?.kind !== 'bool' || right?.kind !== 'bool') return null;
  const [first, second] = [left.run, right.run];
  const run = (bet: Bet): Verdict => {
    const one = first(bet);
    if (one === decisive) return decisive;
    const other = second(bet);
    return other === decisive || one >= 0 ? other : -1;
  };
  return { kind: 'bool', run };
}

function choicePart(condition: Part | null, left: Part | null, right: Part | null): Part | null {
  if (condition?.kind !== 'bool' || left?.kind !== 'bool' || right?.kind !== 'bool') return null;
  const [asked, first, second] = [condition.run, left.run, right.run];
  const run = (bet: Bet): Verdict => {
    const verdict = asked(bet);
    return verdict < 0 ? -1 : verdict === 1 ? first(bet) : second(bet);
  };
  return { kind: 'bool', run };
}

function equalityPart(left: Part | null, right: Part | null, equal: 0 | 1): Part | null {
  const different = equal === 1 ? 0 : 1;
  if (left?.kind === 'string' && right?.kind === 'string') {
    const [first, second] = [left.run, right.run];
    const { literal } = right;
    if (literal !== undefined) {
      const run = (bet: Bet): Verdict => {
        const one = first(bet);
        return one === null ? -1 : one === literal ? equal : different;
      };
      return { kind: 'bool', run };
    }
    const run = (bet: Bet): Verdict => {
      const one = first(bet);
      const other = second(bet);
      return one === null || other === null ? -1 : one === other ? equal : different;
    };
    return { kind: 'bool', run };
  }
  if (left?.kind !== 'int' || right?.kind !== 'int') return null;
  return compared(left.run, right.run, (one, other) => (one === other ? equal : different));
}

type Order = '<' | '<=' | '>' | '>=';

const orders: Readonly<Record<Order, (one: number, other: number) => Verdict>> = {
  '<': (one, other) => (one < other ? 1 : 0),
  '<=': (one, other) => (one <= other ? 1 : 0),
  '>': (one, other) => (one > other ? 1 : 0),
  '>=': (one, other) => (one >= other ? 1 : 0),
};

/** The same beside a literal: most conditions are. `NaN` is neither. */
const bounds: Readonly<Record<Order, (value: (bet: Bet) => number, bound: number) => (bet: Bet) => Verdict>> = {
  '<': (value, bound) => (bet) => {
    const found = value(bet);
    return found < bound ? 1 : found >= bound ? 0 : -1;
  },
  '<=': (value, bound) => (bet) => {
    const found = value(bet);
    return found <= bound ? 1 : found > bound ? 0 : -1;
  },
  '>': (value, bound) => (bet) => {
    const found = value(bet);
    return found > bound ? 1 : found <= bound ? 0 : -1;
  },
  '>=': (value, bound) => (bet) => {
    const found = value(bet);
    return found >= bound ? 1 : found < bound ? 0 : -1;
  },
};

const textOrders: Readonly<Record<Order, (one: string, other: string) => boolean>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

function orderPart(operator: Order, left: Part | null, right: Part | null): Part | null {
  if (left === null || right === null || left.kind === 'bool' || right.kind === 'bool') return null;
  if (left.kind !== 'string' && right.kind !== 'string') {
    const { literal } = right;
    if (literal !== undefined) return { kind: 'bool', run: bounds[operator](left.run, literal) };
    return compared(left.run, right.run, orders[operator]);
  }
  if (left.kind !== 'string' || right.kind !== 'string') return null;
  const [first, second, holds] = [left.run, right.run, textOrders[operator]];
  const run = (bet: Bet): Verdict => {
    const one = first(bet);
    const other = second(bet);
    return one === null || other === null ? -1 : holds(one, other) ? 1 : 0;
  };
  return { kind: 'bool', run };
}

function compared(
  first: (bet: Bet) => number,
  second: (bet: Bet) => number,
  compare: (one: number, other: number) => Verdict,
): Part {
  const run = (bet: Bet): Verdict => {
    const one = first(bet);
    const other = second(bet);
    return Number.isNaN(one) || Number.isNaN(other) ? -1 : compare(one, other);
  };
  return { kind: 'bool', run };
}

type Arithmetic = '+' | '-' | '*' | '/' | '%';

const arithmetic: Readonly<Record<Arithmetic, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  // Without the remainder a quotient is exact. By zero it is NaN, which says that it cannot be said.
  '/': (one, other) => (other === 0 ? Number.NaN : (one - (one % other)) / other),
  '%': (one, other) => one % other,
};

function arithmeticPart(operator: Arithmetic, left: Part | null, right: Part | null): Part | null {
  if (left?.kind !== 'int' || right?.kind !== 'int') return null;
  const [first, second, compute] = [left.run, right.run, arithmetic[operator]];
  const run = (bet: Bet): number => {
    const result = compute(first(bet), second(bet));
    if (Number.isSafeInteger(result) || Number.isNaN(result)) return result;
    throw inexact;
  };
  return { kind: 'int', run };
}

/** A value in a list of literals of its own type. */
function membershipPart(value: Part | null, items: readonly (Part | null)[]): Part | null {
  if (value?.kind !== 'string' && value?.kind !== 'int') return null;
  const literals = new Set<unknown>();
  for (const item of items) {
    if (item?.kind !== value.kind || item.literal === undefined) return null;
    literals.add(item.literal);
  }
  const { run } = value;
  const missing = value.kind === 'int' ? Number.isNaN : (found: unknown): boolean => found === null;
  return {
    kind: 'bool',
    run(bet) {
      const found = run(bet);
      if (literals.has(found)) return 1;
      return missing(found as number) ? -1 : 0;
    },
  };
}

const methods: ReadonlyMap<string, (text: string, argument: string) => boolean> = new Map([
  ['startsWith', (text: string, argument: string) => text.startsWith(argument)],
  ['endsWith', (text: string, argument: string) => text.endsWith(argument)],
  ['contains', (text: string, argument: string) => text.includes(argument)],
]);

function methodPart(name: string, receiver: Part | null, args: readonly (Part | null)[]): Part | null {
  const method = methods.get(name);
  const [argument] = args;
  if (method === undefined || receiver?.kind !== 'string' || argument?.kind !== 'string') return null;
  const [first, second] = [receiver.run, argument.run];
  const run = (bet: Bet): Verdict => {
    const text = first(bet);
    const other = second(bet);
    return text === null || other === null ? -1 : method(text, other) ? 1 : 0;
  };
  return { kind: 'bool', run };
}
