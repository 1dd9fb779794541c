import type { ASTNode } from '@marcbachmann/cel-js';
import type { BetNeed, IndexedField } from './bet-condition.ts';
import type { BetField } from './bet-fields.ts';
import type { ConditionName } from './native-condition.ts';

/** What a field must be: one of some values, or a whole number in a range, or both. */
interface Bounds {
  readonly values: ReadonlySet<string | number> | null;
  readonly from: number;
  readonly to: number;
}

/** What fields must be for an expression to say something; `null`: it never does. */
type Needs = ReadonlyMap<string, Bounds> | null;

const nothing: Needs = new Map();
const widestList = 64; // numbers: a longer range than that is not worth its entries in an index
const indexed: readonly IndexedField[] = ['type', 'formula', 'terminal', 'region', 'racecourse', 'meeting', 'race'];

/** What must be so for a condition to hold. */
export interface ConditionNeeds {
  readonly needs: readonly BetNeed[];
  /** Whether that is all: for a bet with a whole stake it holds whenever they are met. */
  readonly isAll: boolean;
  readonly clock: ClockNeeds;
}

/** What the calendar and the clock must say for a condition to hold; `null` is anything. */
export interface ClockNeeds {
  /** Local dates. */
  readonly days: readonly string[] | null;
  /** Monday 1 to Sunday 7. */
  readonly weekdays: readonly number[] | null;
  /** 0 to 23. */
  readonly hours: readonly number[] | null;
}

/** Find what must be so for a checked expression to hold; `null` when it never can, whatever the bet. */
export function conditionNeeds(expression: ASTNode, names: ReadonlyMap<string, ConditionName>): ConditionNeeds | null {
  const needs = needsOf(expression, true, names);
  if (needs === null) return null;
  const found: BetNeed[] = [];
  for (const [field, { from, to }] of needs) {
    if (field !== 'stake' && field !== 'horses') continue;
    const range = { from: from > 0 ? finite(from) : null, to: finite(to) };
    if (range.from !== null || range.to !== null) found.push({ field, ...range });
  }
  for (const field of indexed) {
    const oneOf = valuesOf(needs.get(field));
    if (oneOf !== null) found.push({ field, oneOf });
  }
  const [days, weekdays, hours] = ['day', 'weekday', 'hour'].map((field) => valuesOf(needs.get(field)));
  return {
    needs: found,
    isAll: saysAll(expression, names),
    clock: {
      days: days?.map(String) ?? null,
      weekdays: weekdays?.map(Number) ?? null,
      hours: hours?.map(Number) ?? null,
    },
  };
}

/** Whether an expression says no more than that some texts are in lists, and that the stake is in a range. */
function saysAll(node: ASTNode, names: ReadonlyMap<string, ConditionName>): boolean {
  switch (node.op) {
    case '&&':
      return node.args.every((part) => saysAll(part, names));
    case 'in': {
      const [value, list] = node.args;
      const field = fieldOf(value, names);
      return isIndexedText(field) && list.op === 'list' && list.args.every((item) => literalOf(item) !== null);
    }
    case '==':
      return isIndexedText(fieldOf(node.args[0], names)) && literalOf(node.args[1]) !== null;
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const literal = literalOf(node.args[1]);
      return fieldOf(node.args[0], names)?.name === 'stake' && typeof literal === 'number' && literal > 0;
    }
    default:
      return false;
  }
}

function isIndexedText(field: BetField | null): boolean {
  return field !== null && field.type === 'string' && indexed.some((name) => name === field.name);
}

function valuesOf(bounds: Bounds | undefined): readonly (string | number)[] | null {
  if (bounds === undefined) return null;
  const { values, from, to } = bounds;
  if (values !== null) return [...values];
  return to - from < widestList ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : null;
}

/** Find what must be so for an expression to be true, or to be false. */
function needsOf(node: ASTNode, wanted: boolean, names: ReadonlyMap<string, ConditionName>): Needs {
  const inner = (part: ASTNode, value: boolean): Needs => needsOf(part, value, names);
  switch (node.op) {
    case 'value':
      return node.args === !wanted ? null : nothing;
    case '!_':
      return inner(node.args, !wanted);
    case '&&':
    case '||': {
      const [left, right] = [inner(node.args[0], wanted), inner(node.args[1], wanted)];
      return (node.op === '&&') === wanted ? both(left, right) : either(left, right);
    }
    case '?:': {
      const [condition, left, right] = node.args;
      return either(
        both(inner(condition, true), inner(left, wanted)),
        both(inner(condition, false), inner(right, wanted)),
      );
    }
    case 'in': {
      const [value, list] = node.args;
      const field = fieldOf(value, names);
      if (!wanted || field === null || list.op !== 'list') return nothing;
      const literals = list.args.map(literalOf);
      return literals.some((literal) => literal === null) ? nothing : only(field, literals as (string | number)[]);
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = node.args;
      const [field, literal] = [fieldOf(left, names), literalOf(right)];
      if (field !== null && literal !== null) return compared(field, node.op, literal, wanted);
      const [other, value] = [fieldOf(right, names), literalOf(left)];
      return other === null || value === null ? nothing : compared(other, mirrored[node.op], value, wanted);
    }
    default:
      return nothing;
  }
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
const mirrored = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

function compared(field: BetField, operator: Comparison, literal: string | number, wanted: boolean): Needs {
  const meant = wanted ? operator : opposite[operator];
  if (meant === '!=') return nothing;
  if (meant === '==') return only(field, [literal]);
  if (typeof literal === 'string' || field.type === 'string') return nothing;
  switch (meant) {
    case '<':
      return bounded(field, Number.NEGATIVE_INFINITY, Math.ceil(literal) - 1);
    case '<=':
      return bounded(field, Number.NEGATIVE_INFINITY, Math.floor(literal));
    case '>':
      return bounded(field, Math.floor(literal) + 1, Number.POSITIVE_INFINITY);
    case '>=':
      return bounded(field, Math.ceil(literal), Number.POSITIVE_INFINITY);
  }
}

function only(field: BetField, literals: readonly (string | number)[]): Needs {
  return made(field, { values: new Set(literals), from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
}

function bounded(field: BetField, from: number, to: number): Needs {
  return made(field, { values: null, from, to });
}

function made(field: BetField, bounds: Bounds): Needs {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = field.type === 'int' ? field : {};
  const within = intersection(bounds, { values: null, from, to });
  return within === null ? null : new Map([[field.name, within]]);
}

function both(one: Needs, other: Needs): Needs {
  if (one === null || other === null) return null;
  const all = new Map(one);
  for (const [field, bounds] of other) {
    const known = all.get(field);
    const meant = known === undefined ? bounds : intersection(known, bounds);
    if (meant === null) return null;
    all.set(field, meant);
  }
  return all;
}

function either(one: Needs, other: Needs): Needs {
  if (one === null || other === null) return one ?? other;
  const shared = new Map<string, Bounds>();
  for (const [field, bounds] of one) {
    const known = other.get(field);
    if (known !== undefined) shared.set(field, union(bounds, known));
  }
  return shared;
}

/** What both allow; `null` when that is nothing. Values of numbers bring their range with them. */
function intersection(one: Bounds, other: Bounds): Bounds | null {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  if (from > to) return null;
  const listed = one.values ?? other.values;
  if (listed === null) return { values: null, from, to };
  const second = listed === one.values ? other.values : null;
  const values = [...listed].filter(
    (value) => (second === null || second.has(value)) && (typeof value === 'string' || (value >= from && value <= to)),
  );
  const numbers = values.filter((value) => typeof value === 'number');
  if (values.length === 0) return null;
  if (numbers.length === 0) return { values: new Set(values), from, to };
  return { values: new Set(values), from: Math.min(...numbers), to: Math.max(...numbers) };
}

function union(one: Bounds, other: Bounds): Bounds {
  const values = one.values === null || other.values === null ? null : new Set([...one.values, ...other.values]);
  return { values, from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

function fieldOf(node: ASTNode, names: ReadonlyMap<string, ConditionName>): BetField | null {
  const name = node.op === 'id' ? names.get(node.args) : undefined;
  return name === undefined || name.presence ? null : name.field;
}

/** A text or a number that is written down; numbers that a double does not hold exactly are none. */
function literalOf(node: ASTNode): string | number | null {
  if (node.op === '-_') {
    const inner = literalOf(node.args);
    return typeof inner === 'number' ? -inner : null;
  }
  if (node.op !== 'value') return null;
  const { args } = node;
  if (typeof args === 'string') return args;
  if (typeof args === 'number') return Number.isFinite(args) ? args : null;
  return typeof args === 'bigint' && Number.isSafeInteger(Number(args)) ? Number(args) : null;
}

function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
