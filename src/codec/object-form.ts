import type { FieldForm } from './field-form.ts';

/** What objects made of single fields have in common. */
export interface ObjectForm {
  readonly name: string;
  readonly members: readonly MemberForm[];
}

/** What the values of a member have in common. All objects have the member. */
export interface MemberForm {
  readonly name: string;
  /** Of the value, or of the entries when there are tables around the field. */
  readonly form: FieldForm;
  /** Tables around the field: arrays in arrays. */
  readonly depth: number;
  /** The value may be null; of arrays their entries, and the whole. */
  readonly nullable: boolean;
  /** What it is, in a few words. */
  readonly title: string;
}
