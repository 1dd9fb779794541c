import type { ASTNode } from '@marcbachmann/cel-js';
import type { ConditionMistake, Refuse } from './condition-problem.ts';

/** What conditions may call besides `commonFunctions`, and what to say about others. */
export interface CallRule {
  /** Whose conditions they are, in the plural. */
  readonly of: string;
  readonly also?: readonly string[] | undefined;
  /** What to do instead of calling functions of times; default: nothing is said. */
  readonly clockHint?: string | undefined;
}

/** Functions whose results depend on nothing but their arguments, and take no longer than these are long. */
export const commonFunctions: readonly string[] =
  'has size int double string bool startsWith endsWith contains indexOf lastIndexOf substring trim lowerAscii upperAscii'
    .concat(' all exists exists_one map filter')
    .split(' ');

/**
 * Refuse a parsed condition that calls anything but the functions there are: others depend on the machine, may take forever, or throw
 * errors that are not CEL's. Throws what `refuse` throws.
 */
export function checkCalls(expression: ASTNode, rule: CallRule, refuse: Refuse): void {
  const functions = [...commonFunctions, ...(rule.also ?? [])];
  for (const node of partsOf(expression)) {
    if ((node.op !== 'call' && node.op !== 'rcall') || functions.includes(node.args[0])) continue;
    refuse(mistakeOf(node.args[0], node.start, functions, rule));
  }
}

function mistakeOf(name: string, at: number, functions: readonly string[], rule: CallRule): ConditionMistake {
  const isClock = /^(?:timestamp|duration|get[A-Z])/.test(name);
  const insteadOfMatches = name === 'matches' ? 'compare with ==, startsWith, endsWith or contains' : undefined;
  return {
    at,
    message: `${name} is not available in conditions of ${rule.of}`,
    expected: `one of ${functions.join(', ')}`,
    hint: isClock ? rule.clockHint : insteadOfMatches,
  };
}

/** List an expression and all of its parts. */
function partsOf(part: unknown): readonly ASTNode[] {
  if (Array.isArray(part)) return part.flatMap(partsOf);
  if (typeof part !== 'object' || part === null || !('op' in part) || !('args' in part)) return [];
  return [part as ASTNode, ...partsOf(part.args)];
}
