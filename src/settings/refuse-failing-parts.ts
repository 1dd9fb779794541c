import { type ASTNode, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js/serialize';
import type { Refuse } from './condition-problem.ts';

/**
 * What a part of a condition is: a literal, or a list of them; computed from literals alone; or something that depends on a field. Macros may
 * take long, and `dyn` puts things off on purpose, so they count as the latter.
 */
type Kind = 'literal' | 'computed' | 'open';

const greatest = 2n ** 63n - 1n; // of CEL's int, which has 64 bits
const open: ReadonlySet<unknown> = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'has', 'bind', 'dyn']);
const shownText = 40; // characters

/** Compute a condition without fields. Throws an EvaluationError. */
export type Evaluate = (text: string) => unknown;

/**
 * Refuse a checked condition with a part that can only fail, whatever is asked: `1 / 0`, a field divided by 0, numbers beyond 64 bits,
 * `int('x')`. It would never hold, and nobody would be told. Throws what `refuse` throws.
 */
export function refuseFailingParts(expression: ASTNode, evaluate: Evaluate, refuse: Refuse): void {
  if (kindOf(expression) === 'computed') checkComputed(expression);

  function kindOf(node: ASTNode): Kind {
    if (node.op === 'id') return 'open';
    if (node.op === 'value') {
      if (typeof node.args === 'bigint' && node.args > greatest) fail(node, 'the number has more than 64 bits');
      return 'literal';
    }
    // The least number is written as minus one that is too great.
    if (node.op === '-_' && node.args.op === 'value' && node.args.args === greatest + 1n) return 'literal';
    const parts = partsOf(node);
    const kinds = parts.map(kindOf);
    const isOpen = (node.op === 'call' || node.op === 'rcall') && open.has(node.args[0]);
    if (isOpen || kinds.includes('open')) {
      for (const [index, part] of parts.entries()) if (kinds[index] === 'computed') checkComputed(part);
      if ((node.op === '/' || node.op === '%') && kinds[1] !== 'open') checkDivisor(node.op, node.args[1]);
      return 'open';
    }
    const isPlain = node.op === 'list' || node.op === 'map' || (node.op === '-_' && node.args.op === 'value');
    return isPlain && !kinds.includes('computed') ? 'literal' : 'computed';
  }

  /** Only what has no field in it: nothing that can be asked decides what comes out. */
  function checkComputed(node: ASTNode): void {
    try {
      const value = computed(node);
      const isInRange = typeof value !== 'bigint' || (value <= greatest && value >= -greatest - 1n);
      if (!isInRange) fail(node, 'the number has more than 64 bits');
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      for (const part of partsOf(node)) if (kindOf(part) === 'computed') checkComputed(part); // where exactly?
      fail(node, error.summary);
    }
  }

  function checkDivisor(operator: '/' | '%', divisor: ASTNode): void {
    if (computed(divisor) !== 0n) return;
    const message = `a ${operator === '/' ? 'division' : 'modulo'} by zero can only fail`;
    refuse({ at: divisor.range.start, message, expected: 'another divisor' });
  }

  /** `null` where it cannot be said. */
  function computed(node: ASTNode): unknown {
    // What was written may lack a parenthesis at one end; what cel-js writes instead it does not always read: 1e30, or an emoji.
    for (const text of [node.input.slice(node.range.start, node.range.end), serialize(node)]) {
      try {
        return evaluate(text);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
      }
    }
    return null;
  }

  function fail(node: ASTNode, reason: string): never {
    const { start, end } = node.range;
    const written = node.input.slice(start, end).trim();
    const isWhole = written.split('(').length === written.split(')').length;
    const text = isWhole ? written : serialize(node);
    const shown = text.length > shownText ? `${text.slice(0, shownText)}…` : text;
    return refuse({ at: start, message: `${shown} can only fail: ${reason}`, expected: 'what has a value' });
  }
}

/** The expressions that one is made of. */
function partsOf(node: ASTNode): readonly ASTNode[] {
  const inner = (part: unknown): readonly ASTNode[] => {
    if (Array.isArray(part)) return part.flatMap(inner);
    return typeof part === 'object' && part !== null && 'op' in part && 'args' in part ? [part as ASTNode] : [];
  };
  return inner(node.args);
}
