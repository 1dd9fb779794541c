import type { MemberForm, ObjectForm } from '../../codec/object-form.ts';
import { uniteForms } from '../../codec/unite-forms.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { FrameType } from './catalog.ts';
import type { CatalogSource } from './catalog-source.ts';
import { fieldProblem } from './find-field.ts';

const longestTitle = 200; // characters: a member may come from hundreds of types

/** What one mapping's events have in common, and where it stands. */
export interface MappingForm {
  readonly type: FrameType;
  /** Among the events of its type. */
  readonly index: number;
  readonly form: ObjectForm;
}

/** What is wrong with an event of a type. */
export interface MappingProblem {
  readonly type: FrameType;
  readonly problem: SettingsProblem;
}

/**
 * Unite the forms of all mappings that yield events of one name: every event of that name has all their members, null where its own mapping
 * lacks them. The problems are members that are text in one and a number in another.
 */
export function eventForms(
  mappings: readonly MappingForm[],
  { valuePositionOf }: CatalogSource,
): { readonly forms: readonly ObjectForm[]; readonly problems: readonly MappingProblem[] } {
  const problems: MappingProblem[] = [];
  const byName = new Map<string, Map<string, MemberForm>>();
  for (const { type, index, form } of mappings) {
    const before = byName.get(form.name);
    const members = new Map(before);
    for (const member of form.members) {
      const known = before?.get(member.name);
      if (known === undefined) {
        members.set(member.name, before === undefined ? member : { ...member, nullable: true });
        continue;
      }
      const united = known.depth === member.depth ? uniteForms(known.form, member.form) : null;
      if (united !== null) {
        const nullable = known.nullable || member.nullable;
        const title =
          known.title.includes(member.title) || known.title.length > longestTitle
            ? known.title
            : `${known.title}, ${member.title}`;
        members.set(member.name, { ...known, form: united, nullable, title });
        continue;
      }
      const position = valuePositionOf(['types', type.name, 'events', index, 'fields', member.name]);
      const message = `${member.name} of ${form.name} is not the same kind of value in all events: ${kindOf(member)} here, ${kindOf(known)} before`;
      problems.push({
        type,
        problem: fieldProblem(message, 'one kind of value', position, `the other is ${known.title}`),
      });
    }
    const own = new Set(form.members.map(({ name }) => name));
    for (const [name, member] of members) if (!own.has(name)) members.set(name, { ...member, nullable: true });
    byName.set(form.name, members);
  }
  const forms = [...byName].map(([name, members]) => ({ name, members: [...members.values()] }));
  return { forms, problems };
}

function kindOf({ form, depth }: MemberForm): string {
  const scalar =
    form.kind === 'text' ? 'text' : form.given === 'number' ? 'a number' : `a number given as ${form.given}`;
  return depth === 0 ? scalar : `a table of ${scalar}`;
}
