import type {
  Place,
  PlannedAlignment,
  PlannedArea,
  PlannedField,
  PlannedNode,
  PlannedRecord,
  PlannedTable,
} from './compiled-plan.ts';
import type { Kernel } from './kernel.ts';

/**
 * What a compiled decoder writes for a record, one thing after the other. Every member is followed by a comma, which the end of
 * its object takes back.
 */
export type JsonStep =
  | { readonly kind: 'literal'; readonly text: string }
  | FieldStep
  /** Do the body for each entry of a table. */
  | { readonly kind: 'loop'; readonly table: PlannedTable; readonly at: Place; readonly body: readonly JsonStep[] }
  /** Do one of the bodies. */
  | { readonly kind: 'choice'; readonly area: PlannedArea; readonly bodies: readonly (readonly JsonStep[])[] }
  /** Do the bodies of the views that can be read: all of them, or the first. */
  | { readonly kind: 'trial'; readonly area: PlannedArea; readonly bodies: readonly (readonly JsonStep[])[] }
  /** Make the whole byte at or behind a place a base. */
  | { readonly kind: 'align'; readonly at: Place; readonly base: number }
  /** Take back a comma, if the last byte is one. */
  | { readonly kind: 'uncomma' }
  /** Refuse a record that ends here: the reference decoder leaves out what would start here. */
  | { readonly kind: 'present'; readonly at: Place };

/**
 * Write a field's value; `discard`: read it only. `subscripts`, outermost table first, are `null` where the entry is that of a loop around
 * it.
 */
export interface FieldStep {
  readonly kind: 'field';
  readonly field: PlannedField;
  readonly at: Place;
  readonly discard: boolean;
  readonly subscripts: readonly (number | null)[];
}

const unrolledFields = 48; // entries of tables are written out one by one up to so many fields

/**
 * List the steps that write a record as a line of JSON, with its line end. Whoever writes a field writes its quotation marks where these
 * are not among the literals: `quoted` is whether they are, for all but values of the reference decoder.
 */
export function jsonSteps(record: PlannedRecord, quoted = true): readonly JsonStep[] {
  const steps = new StepList({ quoted, starts: new Map(), subscripts: [] });
  const { root, rootIsObject } = record;
  steps.literal('{');
  if (rootIsObject && root.kind === 'group') for (const member of root.members) steps.member(member, false);
  else steps.member(root, false);
  steps.close('}');
  steps.literal('\n');
  return steps.list;
}

/** Where steps stand. */
interface Surroundings {
  readonly quoted: boolean;
  /** Where entries start whose table is written out: their base is none of its own. */
  readonly starts: ReadonlyMap<number, Place>;
  readonly subscripts: FieldStep['subscripts'];
}

class StepList {
  readonly list: JsonStep[] = [];
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
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
    } else if (node.kind === 'alignment') {
      this.#align(node);
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

  #value(node: Exclude<PlannedNode, PlannedArea | PlannedAlignment>, discard: boolean): void {
    switch (node.kind) {
      case 'field': {
        const { kernel } = node;
        const { subscripts } = this.#around;
        const quoted = this.#around.quoted && !discard && isQuoted(kernel);
        if (quoted) this.literal('"');
        this.list.push({ kind: 'field', field: node, at: this.#place(node.at), discard, subscripts });
        if (quoted) this.literal('"');
        return;
      }
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
    const { entry, entryBase, strideBits, maximum, slot } = table;
    const at = this.#place(table.at);
    const fixed = slot < 0 && strideBits !== null && table.nextBase < 0;
    const { starts, subscripts } = this.#around;
    if (fixed && maximum * fieldsIn(entry) <= unrolledFields) {
      for (let index = 0; index < maximum; index++) {
        const start = behind(at, index * strideBits);
        const body = new StepList({
          ...this.#around,
          starts: new Map(starts).set(entryBase, start),
          subscripts: [...subscripts, index + 1],
        });
        body.#value(entry, discard);
        for (const step of body.list) {
          if (step.kind === 'literal') this.literal(step.text);
          else this.list.push(step);
        }
        if (!discard) this.literal(',');
      }
      return;
    }
    const body = new StepList({ ...this.#around, subscripts: [...subscripts, null] });
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
      const body = new StepList(this.#around);
      body.member(view, discard);
      return body.list;
    });
    this.list.push({ kind: area.how === 'one' ? 'choice' : 'trial', area, bodies });
  }

  /** It writes nothing, so that it comes before the text that was written last: a comma stays where it can be taken back. */
  #align({ at, base }: PlannedAlignment): void {
    const before = this.list.at(-1)?.kind === 'literal' ? this.list.length - 1 : this.list.length;
    this.list.splice(before, 0, { kind: 'align', at: this.#place(at), base });
  }

  #place(place: Place): Place {
    const start = this.#around.starts.get(place.base);
    return start === undefined ? place : behind(start, 8 * place.offset + place.bit);
  }
}

/** Whether a kernel writes a string, without its quotation marks. */
export function isQuoted(kernel: Kernel): boolean {
  return kernel.kind === 'text' || (kernel.kind !== 'reference' && kernel.quoted);
}

/** The place so many bits behind another. */
function behind({ base, offset, bit }: Place, bits: number): Place {
  const all = bit + bits;
  return { base, offset: offset + (all >>> 3), bit: all & 7 };
}

/** How many fields are written for a node. */
function fieldsIn(node: PlannedNode): number {
  switch (node.kind) {
    case 'field':
      return 1;
    case 'alignment':
      return 0;
    case 'group':
      return node.members.reduce((sum, member) => sum + fieldsIn(member), 0);
    case 'area':
      // The views of a trial are looked at where their plan says they are.
      if (node.how === 'good' || node.how === 'first') return unrolledFields + 1;
      return node.views.reduce((sum, view) => sum + fieldsIn(view), 0);
    case 'table':
      return node.slot < 0 && node.strideBits !== null ? node.maximum * fieldsIn(node.entry) : unrolledFields;
  }
}
