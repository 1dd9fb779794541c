import type { ASTNode } from '@marcbachmann/cel-js';
import type { ConditionMistake } from './condition-problem.ts';

/** A name in an expression. */
export interface FieldName {
  readonly text: string;
  /** It is in quotation marks: what it says is the field's own name. */
  readonly exact: boolean;
}

/** A field in an expression: `response.STATUS`, `frame["A-B"]`, `NAME`; with `has(…)` around it when only its presence is asked for. */
export interface FieldChain {
  /** The name it starts with. */
  readonly root: string;
  readonly names: readonly FieldName[];
  /** Characters of the expression that it takes, with `has(` and `)`. */
  readonly start: number;
  readonly end: number;
  readonly presence: boolean;
  /** The operator it stands beside, and the values on the other side when they are literal. */
  readonly operator: string;
  readonly literals: readonly unknown[];
}

/** Names that CEL gives a meaning. */
const words = new Set(
  'bool bytes cel double dyn google int list map null_type optional string timestamp duration type uint'.split(' '),
);
const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const deepestLoop = 2; // loops in loops: an expression takes time in proportion to a table's entries, or to their square

/** Find all fields in a parsed expression, and what it may not have. Throws what `refuse` throws. */
export function fieldChains(expression: ASTNode, refuse: (mistake: ConditionMistake) => never): readonly FieldChain[] {
  const chains: FieldChain[] = [];

  const add = (node: ASTNode, scope: ReadonlySet<string>, around: Around, presence = false): boolean => {
    const chain = chainOf(node);
    if (chain === null || scope.has(chain.root)) return false;
    if (chain.names.length === 0 && words.has(chain.root)) return true;
    const { start, end } = around.span ?? node;
    chains.push({ ...chain, start, end, presence, operator: around.operator, literals: around.literals });
    return true;
  };

  const walk = (node: ASTNode, scope: ReadonlySet<string>, loop: number, around: Around = nowhere): void => {
    switch (node.op) {
      case 'value':
        return;
      case 'id':
        add(node, scope, around);
        return;
      case '.':
        if (!add(node, scope, around)) walk(node.args[0], scope, loop);
        return;
      case '[]':
        if (add(node, scope, around)) return;
        walk(node.args[0], scope, loop);
        walk(node.args[1], scope, loop);
        return;
      case 'call': {
        const [name, args] = node.args;
        const [asked] = args;
        if (name === 'has' && asked !== undefined && add(asked, scope, { ...nowhere, span: node }, true)) return;
        for (const argument of args) walk(argument, scope, loop);
        return;
      }
      case 'rcall': {
        const [name, receiver, args] = node.args;
        const [variable, ...rest] = args;
        const isBinding = name === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
        if (variable?.op !== 'id' || !(isBinding || loops.has(name))) {
          for (const part of [receiver, ...args]) walk(part, scope, loop);
          return;
        }
        if (variable.args.startsWith('_')) {
          refuse({
            at: variable.start,
            message: `${variable.args} is no name for a variable`,
            expected: 'a letter first',
          });
        }
        if (!isBinding && loop === deepestLoop) {
          refuse({ at: node.start, message: `${name} is in ${deepestLoop} others`, expected: 'fewer levels' });
        }
        const inner = new Set([...scope, variable.args]);
        const [value] = rest;
        if (!isBinding) walk(receiver, scope, loop);
        else if (value !== undefined) walk(value, scope, loop);
        for (const part of isBinding ? rest.slice(1) : rest) walk(part, inner, isBinding ? loop : loop + 1);
        return;
      }
      case 'list':
        for (const part of node.args) walk(part, scope, loop);
        return;
      case 'map':
        for (const entry of node.args) for (const part of entry) walk(part, scope, loop);
        return;
      case '?:':
        for (const part of node.args) walk(part, scope, loop);
        return;
      case '!_':
      case '-_':
        walk(node.args, scope, loop);
        return;
      case '.?':
      case '[?]':
        walk(node.args[0], scope, loop);
        return;
      default: {
        const [left, right] = node.args;
        walk(left, scope, loop, { operator: node.op, literals: literalsOf(right), span: null });
        // `VALUE in FIELD` asks a table: the field is not what is compared.
        const operator = node.op === 'in' ? '' : node.op;
        walk(right, scope, loop, { operator, literals: literalsOf(left), span: null });
      }
    }
  };
  walk(expression, new Set(), 0);
  return chains;
}

/** What stands around a node. */
interface Around {
  readonly operator: string;
  readonly literals: readonly unknown[];
  /** What to replace instead of the node itself. */
  readonly span: { readonly start: number; readonly end: number } | null;
}

const nowhere: Around = { operator: '', literals: [], span: null };

/** The names of a chain of members, all of them literal; `null` for anything else. */
function chainOf(node: ASTNode): { readonly root: string; readonly names: readonly FieldName[] } | null {
  const names: FieldName[] = [];
  let at = node;
  while (at.op !== 'id') {
    if (at.op === '.') {
      names.unshift({ text: at.args[1], exact: false });
    } else if (at.op === '[]' && at.args[1].op === 'value' && typeof at.args[1].args === 'string') {
      names.unshift({ text: at.args[1].args, exact: true });
    } else return null;
    at = at.args[0];
  }
  return { root: at.args, names };
}

function literalsOf(node: ASTNode): readonly unknown[] {
  if (node.op === 'value') return [node.args];
  return node.op === 'list' ? node.args.flatMap(literalsOf) : [];
}
