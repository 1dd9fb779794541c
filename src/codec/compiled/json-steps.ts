import type {
  Place,
  PlannedArea,
  PlannedField,
  PlannedNode,
  PlannedRecord,
  PlannedSubtree,
  PlannedTable,
} from './compiled-plan.ts';

/**
 * What a compiled decoder writes for a record, one thing after the other. Every member is followed by a comma, which the end of
 * its object takes back.
 */
export type JsonStep =
  | { readonly kind: 'literal'; readonly text: string }
  /** Write a field's value; `discard`: read it only. */
  | { readonly kind: 'field'; readonly field: PlannedField; readonly at: Place; readonly discard: boolean }
  | { readonly kind: 'subtree'; readonly subtree: PlannedSubtree; readonly at: Place; readonly discard: boolean }
  /** Do the body for each entry of a table. */
  | { readonly kind: 'loop'; readonly table: PlannedTable; readonly at: Place; readonly body: readonly JsonStep[] }
  /** Do one of the bodies. */
  | { readonly kind: 'choice'; readonly area: PlannedArea; readonly bodies: readonly (readonly JsonStep[])[] }
  /** Do the bodies of the views that can be read: all of them, or the first. */
  | { readonly kind: 'trial'; readonly area: PlannedArea; readonly bodies: readonly (readonly JsonStep[])[] }
  /** Take back a comma, if the last byte is one. */
  | { readonly kind: 'uncomma' }
  /** Refuse a record that ends here: the reference decoder leaves out what would start here. */
  | { readonly kind: 'present'; readonly at: Place };

const unrolledFields = 48; // entries of tables are written out one by one up to so many fields

/** List the steps that write a record as a line of JSON, with its line end. */
export function jsonSteps(record: PlannedRecord): readonly JsonStep[] {
  const steps = new StepList(new Map());
  const { root, rootIsObject } = record;
  steps.literal('{');
  if (rootIsObject && root.kind === 'group') for (const member of root.members) steps.member(member, false);
  else steps.member(root, false);
  steps.close('}');
  steps.literal('\n');
  return steps.list;
}

class StepList {
  readonly list: JsonStep[] = [];
  /** Where entries start whose table is written out: their base is none of its own. */
  readonly #starts: ReadonlyMap<number, Place>;

  constructor(starts: ReadonlyMap<number, Place>) {
    this.#starts = starts;
  }

  literal(text: string): void {
    const last = this.list.at(-1);
    if (last?.kind === 'literal') this.list[this.list.length - 1] = { kind: 'literal', text: last.text + text };
    else if (text !== '') this.list.push({ kind: 'literal', text });
  }

  /** End an object or array: the comma behind its last member goes. */
  close(bracket: string): void {
    const last = this.list.at(-1);
    if (last?.kind !== 'literal') this.list.push({ kind: 'uncomma' });
    else if (last.text.endsWith(','))
      this.list[this.list.length - 1] = { kind: 'literal', text: last.text.slice(0, -1) };
    this.literal(bracket);
  }

  /** A node as part of its group's object; `discard`: it is not output, nor anything in it. */
  member(node: PlannedNode, discard: boolean): void {
    if (node.kind === 'area') {
      this.#area(node, discard);
    } else if (node.kind === 'subtree' && node.area) {
      this.list.push({ kind: 'subtree', subtree: node, at: this.#place(node.at), discard });
    } else if (discard || node.role === 'drop') {
      this.#value(node, true);
    } else if (node.role === 'hoist' && node.kind === 'group') {
      for (const member of node.members) this.member(member, false);
    } else {
      if (node.kind === 'group' && node.emptyAt !== null)
        this.list.push({ kind: 'present', at: this.#place(node.emptyAt) });
      this.literal(node.prefix);
      this.#value(node, false);
      this.literal(',');
    }
  }

  #value(node: Exclude<PlannedNode, PlannedArea>, discard: boolean): void {
    switch (node.kind) {
      case 'field': {
        const { kernel } = node;
        const quoted = !discard && (kernel.kind === 'text' || (kernel.kind !== 'reference' && kernel.quoted));
        if (quoted) this.literal('"');
        this.list.push({ kind: 'field', field: node, at: this.#place(node.at), discard });
        if (quoted) this.literal('"');
        return;
      }
      case 'subtree':
        this.list.push({ kind: 'subtree', subtree: node, at: this.#place(node.at), discard });
        return;
      case 'group':
        if (!discard) this.literal('{');
        for (const member of node.members) this.member(member, discard);
        if (!discard) this.close('}');
        return;
      case 'table':
        if (!discard) this.literal('[');
        this.#entries(node, discard);
        if (!discard) this.close(']');
        return;
    }
  }

  #entries(table: PlannedTable, discard: boolean): void {
    const { entry, entryBase, stride, maximum, slot } = table;
    const at = this.#place(table.at);
    const fixed = slot < 0 && stride !== null && table.nextBase < 0;
    if (fixed && maximum * fieldsIn(entry) <= unrolledFields) {
      for (let index = 0; index < maximum; index++) {
        const start = { base: at.base, offset: at.offset + index * stride };
        const body = new StepList(new Map(this.#starts).set(entryBase, start));
        body.#value(entry, discard);
        for (const step of body.list) {
          if (step.kind === 'literal') this.literal(step.text);
          else this.list.push(step);
        }
        if (!discard) this.literal(',');
      }
      return;
    }
    const body = new StepList(this.#starts);
    body.#value(entry, discard);
    if (!discard) body.literal(',');
    this.list.push({ kind: 'loop', table, at, body: body.list });
  }

  #area(area: PlannedArea, discard: boolean): void {
    if (area.how === 'all') {
      for (const view of area.views) this.member(view, discard);
      return;
    }
    const bodies = area.views.map((view) => {
      const body = new StepList(this.#starts);
      body.member(view, discard);
      return body.list;
    });
    this.list.push({ kind: area.how === 'one' ? 'choice' : 'trial', area, bodies });
  }

  #place({ base, offset }: Place): Place {
    const start = this.#starts.get(base);
    return start === undefined ? { base, offset } : { base: start.base, offset: start.offset + offset };
  }
}

/** How many fields are written for a node. */
function fieldsIn(node: PlannedNode): number {
  switch (node.kind) {
    case 'field':
    case 'subtree':
      return 1;
    case 'group':
      return node.members.reduce((sum, member) => sum + fieldsIn(member), 0);
    case 'area':
      // The views of a trial are looked at where their plan says they are.
      if (node.how === 'good' || node.how === 'first') return unrolledFields + 1;
      return node.views.reduce((sum, view) => sum + fieldsIn(view), 0);
    case 'table':
      return node.slot < 0 && node.stride !== null ? node.maximum * fieldsIn(node.entry) : unrolledFields;
  }
}
