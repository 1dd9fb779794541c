import { type ASTNode, Environment, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import type { SourcePosition } from '../copybook/source-position.ts';
import { type ConditionKind, ConditionRefusal, conditionProblem, type Refuse } from './condition-problem.ts';
import { refuseFailingParts } from './refuse-failing-parts.ts';
import type { SettingsProblem } from './settings-error.ts';

const longest = 1000; // characters of a condition
const limits = { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

/** Make an environment for conditions, in which names have no meaning yet. It bounds what a condition may be. */
export function conditionEnvironment(): Environment {
  return new Environment({ limits });
}

const bare = conditionEnvironment();
const evaluateBare = (text: string): unknown => bare.evaluate(text);

/** Compile a condition in CEL, written at a position, by a function that may refuse it. Returns what is wrong with it, if anything is. */
export function compileWith<T>(
  text: string,
  position: SourcePosition,
  kind: ConditionKind,
  compile: (refuse: Refuse) => T,
): T | SettingsProblem {
  try {
    return compile((mistake) => {
      throw new ConditionRefusal(conditionProblem(text, position, kind, mistake));
    });
  } catch (error) {
    if (error instanceof ConditionRefusal) return error.problem;
    throw error;
  }
}

/** Parse a condition, whatever its names mean. */
export function parseCondition(text: string, refuse: Refuse): ASTNode {
  if (text.length > longest) {
    const message = `the condition has ${text.length} characters`;
    return refuse({ at: 0, message, expected: `at most ${longest}` });
  }
  try {
    return bare.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const at = error.range?.start ?? 0;
    if (text[at] === '=') {
      const hint = `write ${comparison(text.slice(0, at), text.slice(at + 1))}`;
      return refuse({ at, message: 'a condition compares with ==, not with =', hint });
    }
    return refuse({ at, message: `${text.trim() === '' ? 'the condition is empty' : error.summary}` });
  }
}

/**
 * Parse a condition and check that its types go together and make true or false. `expected` says what its names are, `field` is how one is
 * written.
 */
export function checkedCondition(
  text: string,
  environment: Environment,
  { expected, field }: { readonly expected: string | undefined; readonly field: string },
  refuse: Refuse,
): ParseResult {
  const parsed = environment.parse(text);
  const { valid, type, error } = parsed.check();
  if (!valid) {
    const at = error?.range?.start ?? 0;
    const message = (error as { summary?: string } | undefined)?.summary ?? 'the condition cannot be checked';
    refuse({ at, message: withoutJargon(message), expected, hint: typeHint(message, field) });
  }
  if (type !== 'bool') refuse({ at: 0, message: `the condition is ${type}, neither true nor false`, expected });
  refuseFailingParts(parsed.ast, evaluateBare, refuse);
  return parsed;
}

/** Write `FIELD = VALUE`, as other options have it, in CEL. */
function comparison(field: string, value: string): string {
  const isField = /^\s*[A-Za-z0-9._-]+\s*$/.test(field);
  const isWord = /^\s*[A-Za-z][A-Za-z0-9 ]*$/.test(value);
  return `${isField ? field.replaceAll('-', '_') : field}==${isWord ? ` "${value.trim()}"` : value}`;
}

/** `no such overload: int == string` says nothing to those who do not write compilers. */
function withoutJargon(message: string): string {
  return message.replace(/^no such overload: |^found no matching overload for /, 'there is no ');
}

/** What to do about types that do not go together. */
function typeHint(message: string, field: string): string | undefined {
  if (!message.includes('overload')) return undefined;
  if (/\bstring\b/.test(message) && /\b(?:int|double)\b/.test(message)) {
    return "text stands in quotation marks: FIELD == '0'; numbers do not: FIELD == 0";
  }
  if (/\bdouble\b/.test(message) && /\bint\b/.test(message)) {
    return 'a number with decimals is compared with one: FIELD == 0.0';
  }
  return /\bnull\b/.test(message) ? `has(${field}) asks whether a field has a value` : undefined;
}
