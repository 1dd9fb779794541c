import type { Codec } from '../create-codec.ts';
import type { Issue } from '../issue.ts';
import { jsonText } from '../json-text.ts';
import type { AreaNode, FieldNode, PlanNode, RecordPlan, ViewNode } from '../plan.ts';
import { readNode } from '../read-record.ts';
import type { FieldReading } from '../reading.ts';
import type { RecordShape } from '../shape.ts';
import { valueJson } from '../to-json.ts';
import { readField, startWalk, type Walk } from '../walk.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { DecodingSpace } from './decoding-space.ts';
import { mostNotes, noteParts } from './field-notes.ts';
import { needsOthers } from './needs-others.ts';
import type { Reference, Subscript } from './reference.ts';
import { resultPlaces } from './result-places.ts';
import { slotAddress, slotParts } from './slot-parts.ts';

/** What a compiled decoder asks outside of its module. */
export interface ReferenceCalls {
  field(reference: number, address: number, bit: number, out: number): number;
  text(reference: number, address: number, bit: number, out: number): number;
  count(reference: number, address: number, bit: number): number;
  view(reference: number): number;
  isUnreadable(reference: number, view: number, address: number, bit: number): number;
  record(address: number, length: number): number;
  noted(reference: number, address: number, bit: number, out: number): number;
  /** From now on the fields of the record at an address are kept, from another address on. */
  begin(address: number, length: number, notesAt: number): void;
  /** Read the fields that are kept, for what there is to note about them. */
  notes(): readonly Issue[];
}

const noteWords = noteParts.subscripts >> 2;
const noIssueAllowed = 0; // what a callback gives instead of an address

/** Answer what the module leaves to the reference decoder: the same readers and rules, for single items. */
export function referenceCalls(
  codec: Codec,
  plan: CompiledPlan,
  emitted: {
    readonly references: readonly Reference[];
    readonly slotsAt: readonly number[];
    readonly resultAt: number;
  },
  space: DecodingSpace,
): ReferenceCalls {
  const records = codec.records.map((record) => {
    const found = { plan: codec.planOf(record), shape: codec.shapeOf(record) };
    if (found.plan === undefined || found.shape === undefined) throw new RangeError(`${record.name} is not read`);
    return { plan: found.plan, shape: found.shape, areas: areasOf(found.plan.root) };
  });
  const recordOf = ({ record }: Reference): { plan: RecordPlan; shape: RecordShape; areas: Map<number, AreaNode> } => {
    const found = records[record];
    if (found === undefined) throw new RangeError(`no record ${record}`);
    return found;
  };
  const referenceOf = (number: number): Reference => {
    const found = emitted.references[number];
    if (found === undefined) throw new RangeError(`no reference ${number}`);
    return found;
  };
  const fieldOf = (reference: Reference): FieldNode => {
    const node = recordOf(reference).plan.nodes.get(reference.item);
    if (node?.kind !== 'field') throw new RangeError(`item ${reference.item} is no field`);
    return node;
  };
  /** Start a walk over the bytes from `address` on, as many as a node of so many bits takes. */
  const walkAt = (reference: Reference, address: number, length: number): Walk => {
    const { bytes } = space;
    return startWalk(recordOf(reference).plan, bytes.subarray(address, address + length), codec.options.views);
  };
  const readAt = (reference: Reference, address: number, bit: number): FieldReading => {
    const node = fieldOf(reference);
    return readField(node, bit, [], walkAt(reference, address, (bit + node.bits + 7) >> 3));
  };
  const usedAt = (emitted.resultAt + resultPlaces.notes) >> 2;
  let from = 0; // of the record whose fields are kept
  let size = 0;
  let listAt = 0;
  /** Do what `FieldNotes` does in the module. */
  const keep = (number: number, address: number, bit: number, subscripts: readonly Subscript[]): boolean => {
    const { numbers } = space;
    const words = [number, address, bit, ...subscripts.map((subscript) => subscriptIn(numbers, subscript))];
    const at = listAt + ((numbers[usedAt] ?? 0) >> 2);
    if (at + words.length > listAt + (mostNotes >> 2)) return false;
    numbers.set(words, at);
    numbers[usedAt] = (at + words.length - listAt) << 2;
    return true;
  };
  const write = (json: string, out: number): number => out + space.bytes.write(json, out);

  return {
    field(number, address, bit, out) {
      const reference = referenceOf(number);
      const reading = readAt(reference, address, bit);
      if (reading.issues.length > 0) return noIssueAllowed;
      return write(valueJson(reading, recordOf(reference).shape), out);
    },
    text(number, address, bit, out) {
      const reading = readAt(referenceOf(number), address, bit);
      if (reading.issues.length > 0 || typeof reading.value !== 'string') return noIssueAllowed;
      return write(jsonText(reading.value).slice(1, -1), out);
    },
    count(number, address, bit) {
      const { digits, issues } = readAt(referenceOf(number), address, bit);
      const count = digits === null || issues.length > 0 ? Number.NaN : Number(digits);
      return Number.isInteger(count) && count >= 0 && count < 2 ** 31 ? count : -1;
    },
    view(number) {
      const reference = referenceOf(number);
      const area = recordOf(reference).areas.get(reference.item);
      if (area === undefined || area.rules === null) return -1;
      const { numbers } = space;
      const slotsAt = emitted.slotsAt[reference.record] ?? 0;
      for (const { field, fits, view } of area.rules) {
        if (field === null) return view;
        const address = numbers[(slotAddress(slotsAt, field.slot) + slotParts.address) >> 2] ?? 0;
        // Bits have been copied to the start of a byte.
        const reading = readAt({ record: reference.record, item: field.item.index }, address, 0);
        if (reading.issues.length > 0) return -1;
        if (fits(reading)) return view;
      }
      return -1;
    },
    isUnreadable(number, view, address, bit) {
      const reference = referenceOf(number);
      const area = recordOf(reference).areas.get(reference.item);
      const node = area?.views[view];
      if (area === undefined || node === undefined || needsOthers(node)) return 0;
      const walk = walkAt(reference, address, (bit + area.bits + 7) >> 3);
      readNode(node, bit, [], walk);
      return walk.issues.some(({ severity }) => severity === 'error') ? 1 : 0;
    },
    record(address, length) {
      // A line of text has been filled up.
      const whole = plan.fill === null ? length : Math.max(length, codec.maximumLength);
      const chosen = codec.chooseRecord(space.bytes.subarray(address, address + whole));
      return chosen === null ? -1 : codec.records.indexOf(chosen);
    },
    begin(address, length, notesAt) {
      space.numbers[usedAt] = 0;
      from = address;
      listAt = notesAt >> 2;
      size = plan.fill === null ? length : Math.max(length, codec.maximumLength);
    },
    noted(number, address, bit, out) {
      const reference = referenceOf(number);
      const reading = readAt(reference, address, bit);
      if (reading.issues.some(({ severity }) => severity === 'error')) return noIssueAllowed;
      if (reading.issues.length > 0 && !keep(number, address, bit, reference.subscripts ?? [])) return noIssueAllowed;
      return write(valueJson(reading, recordOf(reference).shape), out);
    },
    notes() {
      const { numbers } = space;
      const end = listAt + ((numbers[usedAt] ?? 0) >> 2);
      const issues: Issue[] = [];
      for (let at = listAt; at < end; ) {
        const [number = 0, address = 0, bit = 0] = numbers.subarray(at, at + noteWords);
        const reference = referenceOf(number);
        const next = at + noteWords + (reference.subscripts?.length ?? 0);
        const subscripts = Array.from(numbers.subarray(at + noteWords, next));
        const walk = walkAt(reference, from, size);
        issues.push(...readField(fieldOf(reference), 8 * (address - from) + bit, subscripts, walk).issues);
        at = next;
      }
      return issues;
    },
  };
}

function subscriptIn(numbers: Int32Array, subscript: Subscript): number {
  return typeof subscript === 'number' ? subscript : (numbers[subscript.keptAt >> 2] ?? 0);
}

/** The areas of a record by the index of their first item. */
function areasOf(root: ViewNode): Map<number, AreaNode> {
  const found = new Map<number, AreaNode>();
  const visit = (node: PlanNode): void => {
    if (node.kind === 'area') found.set(node.item.index, node);
    if (node.kind === 'group') for (const part of node.parts) visit(part);
    else if (node.kind === 'table') visit(node.entry);
    else if (node.kind === 'area') for (const view of node.views) visit(view);
  };
  visit(root);
  return found;
}
