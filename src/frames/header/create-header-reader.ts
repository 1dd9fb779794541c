import { civilTime } from './civil-time.ts';
import { type HeaderPlan, type PlannedChoice, type PlannedNumber, planHeader } from './header-plan.ts';
import type { HeaderReader } from './header-reader.ts';
import type { HeaderSource } from './header-source.ts';
import { learnedValues } from './learned-values.ts';

/**
 * Make the reader of a protocol's headers: a class is written for it, in which every field is straight-line code over its bytes.
 *
 * What is not in the common form, bad bytes among it, is read by the codec. Throws what a codec throws for options, and USAGE for
 * values of the wrong kind.
 */
export function createHeaderReader(source: HeaderSource): HeaderReader {
  const plan = planHeader(source);
  const known: Record<string, unknown> = {
    civilTime,
    numbers: new Float64Array(numberNames.length + 1).fill(Number.NaN),
    keyText: plan.keyText,
    silent: Int8Array.from(plan.silent),
  };
  const code = classCode(plan, known);
  const names = Object.keys(known);
  // Of the copybook only offsets, lengths and digit counts have come into the code.
  const make = new Function(...names, code) as (...values: readonly unknown[]) => new () => HeaderReader;
  return new (make(...names.map((name) => known[name])))();
}

/** In `numbers` by position; behind them a NaN stays. */
const numberNames: readonly string[] = ['key', 'sequence', 'time', 'frameLength', 'flags'];

/** Write the class; what its code refers to is added to `known`. */
function classCode(plan: HeaderPlan, known: Record<string, unknown>): string {
  return [
    '"use strict";',
    'return class HeaderView {',
    `constructor() { this.length = ${plan.length}; this.bytes = null; this.offset = -1; this.place = -1; this.base = 0;`,
    'this.view = new DataView(new ArrayBuffer(0)); }',
    'at(bytes, offset) {',
    `if (!(offset >= 0 && offset + ${plan.length} <= bytes.length)) { this.place = -1; return false; }`,
    'if (bytes !== this.bytes) this.turn(bytes);',
    'this.offset = offset; this.place = this.base + offset; return true;',
    '}',
    // Frames are most often parts of one buffer, for which one view does.
    'turn(bytes) {',
    'if (bytes.buffer !== this.view.buffer) this.view = new DataView(bytes.buffer);',
    'this.bytes = bytes; this.base = bytes.byteOffset;',
    '}',
    ...getter('type', '-1', choiceCode('type', plan.type, known)),
    ...directionGetters(plan, known),
    ...numberGetter('key', plan.key, known),
    ...numberGetter('sequence', plan.sequence, known),
    ...numberGetter('time', plan.time, known),
    ...numberGetter('frameLength', plan.frameLength, known, plan.lengthAdjustment),
    ...(plan.flags === null ? getter('flags', '0', []) : numberGetter('flags', plan.flags, known)),
    'keyText() { return this.place < 0 ? "" : keyText(this.bytes, this.offset, this.key); }',
    '}',
  ].join('\n');
}

/** A getter; `nowhere` is its value when the reader has no frame, or the protocol no such field. */
function getter(name: string, nowhere: string, body: readonly string[]): readonly string[] {
  if (body.length === 0) return [`get ${name}() { return ${nowhere}; }`];
  return [`get ${name}() {`, 'const v = this.view, o = this.place;', `if (o < 0) return ${nowhere};`, ...body, '}'];
}

/**
 * The getter of a number. What takes more than a load is left in `numbers` by a method, since a long getter that is not inlined would
 * have to allocate what it returns; one of at most 27 bytes of bytecode always is inlined.
 */
function numberGetter(
  name: string,
  planned: PlannedNumber | null,
  known: Record<string, unknown>,
  added = 0,
): readonly string[] {
  // The global NaN would be looked up, and make every number beside it one that is allocated.
  const none = `numbers[${numberNames.length}]`;
  if (planned === null) return getter(name, none, []);
  const plus = added === 0 ? '' : ` + ${added}`;
  const { code } = planned;
  if (code !== null && code.faults.length === 0)
    return getter(name, none, [...code.lines, `return ${code.value}${plus};`]);
  known[`${name}Reading`] = planned.read;
  const slot = `numbers[${numberNames.indexOf(name)}]`;
  const byCodec = `${slot} = ${name}Reading(this.bytes, this.offset)${plus};`;
  const fault = code?.faults.map((one) => `(${one})`).join(' | ');
  return [
    `get ${name}() { this.${name}Read(); return ${slot}; }`,
    `${name}Read() {`,
    'const v = this.view, o = this.place;',
    `if (o < 0) ${slot} = ${none}; else {`,
    ...(code === null ? [] : [...code.lines, `if ((${fault}) === 0) ${slot} = ${code.value}${plus}; else`]),
    byCodec,
    '}',
    '}',
  ];
}

/** Code that returns the number of a choice. */
function choiceCode(name: string, choice: PlannedChoice, known: Record<string, unknown>): readonly string[] {
  const learned = learnedValues(choice.fields, choice.rows, choice.classify);
  if (learned === null) {
    known[`${name}Choice`] = choice.classify;
    return [`return ${name}Choice(this.bytes, this.offset);`];
  }
  known[`${name}Words`] = learned.words;
  known[`${name}Results`] = learned.results;
  known[`${name}Learn`] = learned.learn;
  return [`const words = ${name}Words, results = ${name}Results, learn = ${name}Learn;`, ...learned.code];
}

/** What the direction field says, or else the type alone. */
function directionGetters(plan: HeaderPlan, known: Record<string, unknown>): readonly string[] {
  const byType = ['const type = this.type;', 'return type < 0 ? -1 : silent[type];'];
  if (plan.direction === null) return getter('direction', '-1', byType);
  const code = choiceCode('direction', plan.direction, known);
  if (plan.silent.every((role) => role < 0)) return getter('direction', '-1', code);
  return [
    ...getter('told', '-1', code),
    ...getter('direction', '-1', ['const told = this.told;', 'if (told >= 0) return told;', ...byType]),
  ];
}
