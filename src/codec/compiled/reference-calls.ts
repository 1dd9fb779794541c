import type { Codec } from '../create-codec.ts';
import { jsonText } from '../json-text.ts';
import type { AreaNode, FieldNode, PlanNode, RecordPlan, ViewNode } from '../plan.ts';
import { readArea, readNode } from '../read-record.ts';
import type { FieldReading, Reading } from '../reading.ts';
import type { RecordShape } from '../shape.ts';
import { membersJson, valueJson } from '../to-json.ts';
import { readField, startWalk, type Walk } from '../walk.ts';
import type { CompiledPlan, PlannedNode } from './compiled-plan.ts';
import type { DecodingSpace } from './decoding-space.ts';
import type { EmittedModule, Reference } from './emit-module.ts';
import { needsOthers } from './needs-others.ts';

/** What a compiled decoder asks outside of its module. */
export interface ReferenceCalls {
  field(reference: number, address: number, out: number): number;
  text(reference: number, address: number, out: number): number;
  subtree(reference: number, address: number, out: number): number;
  count(reference: number, address: number): number;
  view(reference: number): number;
  isUnreadable(reference: number, view: number, address: number): number;
  record(address: number, length: number): number;
}

const noIssueAllowed = 0; // what a callback gives instead of an address

/** Answer what the module leaves to the reference decoder: the same readers and rules, for single items. */
export function referenceCalls(
  codec: Codec,
  plan: CompiledPlan,
  emitted: Pick<EmittedModule, 'references' | 'slotsAt'>,
  space: DecodingSpace,
): ReferenceCalls {
  const records = codec.records.map((record) => {
    const found = { plan: codec.planOf(record), shape: codec.shapeOf(record) };
    if (found.plan === undefined || found.shape === undefined) throw new RangeError(`${record.name} is not read`);
    return { plan: found.plan, shape: found.shape, areas: areasOf(found.plan.root) };
  });
  const bits = plan.records.map((record) => startBits(record.root));

  const recordOf = ({ record }: Reference): { plan: RecordPlan; shape: RecordShape; areas: Map<number, Found> } => {
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
  const readAt = (reference: Reference, address: number): FieldReading => {
    const node = fieldOf(reference);
    const bit = bits[reference.record]?.get(reference.item) ?? 0;
    return readField(node, bit, [], walkAt(reference, address, (bit + node.bits + 7) >> 3));
  };
  const write = (json: string, out: number): number => out + space.bytes.write(json, out);

  return {
    field(number, address, out) {
      const reference = referenceOf(number);
      const reading = readAt(reference, address);
      if (reading.issues.length > 0) return noIssueAllowed;
      return write(valueJson(reading, recordOf(reference).shape), out);
    },
    text(number, address, out) {
      const reading = readAt(referenceOf(number), address);
      if (reading.issues.length > 0 || typeof reading.value !== 'string') return noIssueAllowed;
      return write(jsonText(reading.value).slice(1, -1), out);
    },
    subtree(number, address, out) {
      const reference = referenceOf(number);
      const { shape, areas } = recordOf(reference);
      const found = areas.get(reference.item);
      if (found === undefined) throw new RangeError(`item ${reference.item} is no table and no area`);
      const bit = bits[reference.record]?.get(reference.item) ?? 0;
      const walk = walkAt(reference, address, (bit + found.node.bits + 7) >> 3);
      if (found.node.kind !== 'area') {
        const reading = readNode(found.node, bit, [], walk);
        return walk.issues.length > 0 ? noIssueAllowed : write(valueJson(reading, shape), out);
      }
      const children: Reading[] = [];
      readArea(found.node, bit, [], walk, children);
      if (walk.issues.length > 0) return noIssueAllowed;
      const json = membersJson({ children }, shape, '');
      return write(json === '' ? '' : `${json},`, out);
    },
    count(number, address) {
      const { digits, issues } = readAt(referenceOf(number), address);
      const count = digits === null || issues.length > 0 ? Number.NaN : Number(digits);
      return Number.isInteger(count) && count >= 0 && count < 2 ** 31 ? count : -1;
    },
    view(number) {
      const reference = referenceOf(number);
      const area = recordOf(reference).areas.get(reference.item)?.node;
      if (area?.kind !== 'area' || area.rules === null) return -1;
      const { numbers } = space;
      const slotsAt = emitted.slotsAt[reference.record] ?? 0;
      for (const { field, fits, view } of area.rules) {
        if (field === null) return view;
        const address = numbers[(slotsAt + 8 * field.slot) >> 2] ?? 0;
        const reading = readAt({ record: reference.record, item: field.item.index }, address);
        if (reading.issues.length > 0) return -1;
        if (fits(reading)) return view;
      }
      return -1;
    },
    isUnreadable(number, view, address) {
      const reference = referenceOf(number);
      const area = recordOf(reference).areas.get(reference.item)?.node;
      const node = area?.kind === 'area' ? area.views[view] : undefined;
      if (area === undefined || node === undefined || needsOthers(node)) return 0;
      const walk = walkAt(reference, address, Math.ceil(area.bits / 8));
      readNode(node, 0, [], walk);
      return walk.issues.some(({ severity }) => severity === 'error') ? 1 : 0;
    },
    record(address, length) {
      // A line of text has been filled up.
      const whole = plan.fill === null ? length : Math.max(length, codec.maximumLength);
      const chosen = codec.chooseRecord(space.bytes.subarray(address, address + whole));
      return chosen === null ? -1 : codec.records.indexOf(chosen);
    },
  };
}

interface Found {
  readonly node: AreaNode | ViewNode;
}

/** The tables and areas of a record by the index of their first item. */
function areasOf(root: ViewNode): Map<number, Found> {
  const found = new Map<number, Found>();
  const visit = (node: PlanNode): void => {
    if (node.kind === 'area' || node.kind === 'table') found.set(node.item.index, { node });
    if (node.kind === 'group') for (const part of node.parts) visit(part);
    else if (node.kind === 'table') visit(node.entry);
    else if (node.kind === 'area') for (const view of node.views) visit(view);
  };
  visit(root);
  return found;
}

/** The bit at which items start in their first byte, for those that do not start at a whole one. */
function startBits(root: PlannedNode): ReadonlyMap<number, number> {
  const bits = new Map<number, number>();
  const visit = (node: PlannedNode): void => {
    if (node.kind === 'field' || node.kind === 'subtree') bits.set(node.item, node.bit);
    else if (node.kind === 'group') for (const member of node.members) visit(member);
    else if (node.kind === 'table') visit(node.entry);
    else for (const view of node.views) visit(view);
  };
  visit(root);
  return bits;
}
