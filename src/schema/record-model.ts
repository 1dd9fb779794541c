import type { Codec } from '../codec/create-codec.ts';
import { type FieldForm, fieldForm, isNullable } from '../codec/field-form.ts';
import { type FieldSettings, fieldSettings } from '../codec/field-settings.ts';
import type { RecordShape } from '../codec/shape.ts';
import { type ViewRule, viewRules } from '../codec/view-rules.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';

/** The values a codec gives, as a tree: what types and schemas are written from. */
export type ValueModel = FieldModel | GroupModel | TableModel;

/** The values of an elementary item. */
export interface FieldModel {
  readonly kind: 'field';
  readonly item: LayoutItem;
  readonly form: FieldForm;
  readonly settings: FieldSettings;
  readonly nullable: boolean;
}

/** The objects of a group. */
export interface GroupModel {
  readonly kind: 'group';
  readonly item: LayoutItem;
  readonly members: readonly MemberModel[];
}

/** The arrays of an item with OCCURS: how many entries they have at least and at most. */
export interface TableModel {
  readonly kind: 'table';
  readonly item: LayoutItem;
  readonly entry: FieldModel | GroupModel;
  readonly minimum: number;
  readonly maximum: number;
}

/** A member of an object, by its name in the output. */
export interface MemberModel {
  readonly name: string;
  readonly item: LayoutItem;
  /** A view that may be absent, or a member that may lie behind the end of the record. */
  readonly optional: boolean;
  readonly value: ValueModel;
}

/** The object a record decodes to. */
export interface RecordModel {
  readonly record: RecordLayout;
  readonly members: readonly MemberModel[];
}

/** Which records are described. */
export interface DescribedRecords {
  /** Only good ones, which `decode` writes with `--strict` or a quarantine: nothing is null because it could not be read. */
  readonly good?: boolean | undefined;
  /**
   * Only those that hold all their fields. Under the formats `fixed` and `text` these alone are described anyway: there a record
   * that is short is an error of the file, or filled up.
   */
  readonly whole?: boolean | undefined;
}

/** Describe what a codec makes of one of its records. Throws what making the codec throws. */
export function recordModel(codec: Codec, record: RecordLayout, described: DescribedRecords = {}): RecordModel {
  const { options, layout } = codec;
  const shape = codec.shapeOf(record);
  if (shape === undefined) throw new RangeError(`the codec does not read ${record.name}`);
  const settings = fieldSettings(record, layout.records, options);
  const rules = viewRules(record, layout.records, settings, options);
  const cut = described.whole !== true && options.format !== 'fixed' && options.format !== 'text';
  const modeller = new Modeller(codec, shape, settings, rules, { good: described.good === true, cut });
  const { root } = record;
  const members = shape.rootIsObject ? modeller.members(root, false) : modeller.member(root, false);
  return { record, members };
}

class Modeller {
  readonly #codec: Codec;
  readonly #shape: RecordShape;
  readonly #settings: readonly FieldSettings[];
  readonly #rules: ReadonlyMap<number, readonly ViewRule[]>;
  readonly #records: { readonly good: boolean; readonly cut: boolean };

  constructor(
    codec: Codec,
    shape: RecordShape,
    settings: readonly FieldSettings[],
    rules: ReadonlyMap<number, readonly ViewRule[]>,
    records: { readonly good: boolean; readonly cut: boolean },
  ) {
    this.#codec = codec;
    this.#shape = shape;
    this.#settings = settings;
    this.#rules = rules;
    this.#records = records;
  }

  members(group: LayoutItem, optional: boolean): MemberModel[] {
    return group.children.flatMap((child) => {
      const presence = this.#presence(child);
      if (presence === 'never') return [];
      const mayLack = optional || presence === 'sometimes';
      return this.#shape.roles[child.index] === 'hoist' ? this.members(child, mayLack) : this.member(child, mayLack);
    });
  }

  member(item: LayoutItem, optional: boolean): MemberModel[] {
    if (this.#shape.roles[item.index] !== 'member') return [];
    const name = this.#shape.names[item.index] ?? '';
    return [{ name, item, optional: optional || this.#records.cut, value: this.#value(item) }];
  }

  #value(item: LayoutItem): ValueModel {
    const { occurs } = item;
    const entry = this.#entry(item);
    if (occurs === null) return entry;
    const counted = occurs.counter !== null;
    const minimum = this.#records.cut || this.#mayBeEmpty(item) ? 0 : counted ? occurs.minimum : occurs.maximum;
    return { kind: 'table', item, entry, minimum, maximum: occurs.maximum };
  }

  #entry(item: LayoutItem): FieldModel | GroupModel {
    if (item.type === null) return { kind: 'group', item, members: this.members(item, false) };
    const settings = this.#settings[item.index];
    if (settings === undefined) throw new RangeError(`no settings for ${item.path}`);
    const form = fieldForm(item, settings, this.#codec.options);
    return { kind: 'field', item, form, settings, nullable: isNullable(item, form, settings, this.#records) };
  }

  /** Entries that may take no bytes are not all listed when there are too many. */
  #mayBeEmpty(item: LayoutItem): boolean {
    if (this.#codec.options.odo === 'maximum') return item.length === 0;
    return (
      item.length === 0 || item.children.some((child) => child.occurs?.counterName != null || this.#mayBeEmpty(child))
    );
  }

  #presence(item: LayoutItem): 'always' | 'sometimes' | 'never' {
    let first = item;
    while (first.redefines !== null) first = first.redefines;
    if (first.views.length < 2) return 'always';
    const rules = this.#rules.get(first.index);
    if (rules === undefined) return this.#codec.options.views === 'all' ? 'always' : 'sometimes';
    // Behind a constant rule no other is asked.
    const constant = rules.findIndex((rule) => rule.discriminator === null);
    const asked = constant < 0 ? rules : rules.slice(0, constant + 1);
    if (!asked.some((rule) => rule.view === item)) return 'never';
    return constant === 0 ? 'always' : 'sometimes';
  }
}
