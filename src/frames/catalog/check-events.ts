import { compileWhere } from '../../codec/compile-where.ts';
import type { Codec } from '../../codec/create-codec.ts';
import { OverpunchError } from '../../errors.ts';
import type { Catalog, FrameType } from './catalog.ts';
import { CatalogError, type CatalogProblem } from './catalog-error.ts';
import type { CatalogOrigin } from './catalog-origin.ts';
import { fieldNamed, fieldProblem, isProblem } from './find-field.ts';
import { problemsOf } from './read-copybook.ts';

/** Check the fields that the events of a type are made from, those of the type it pairs with too. */
export function checkEvents(type: FrameType, catalog: Catalog, { source }: CatalogOrigin): readonly CatalogProblem[] {
  return type.events.flatMap(({ fields, when }, index) => {
    const path = ['types', type.name, 'events', index];
    const named = Object.entries(fields).flatMap(([member, field]) => {
      const position = source.valuePositionOf([...path, 'fields', member]);
      const side = sideOf(field, type, catalog, position);
      if ('code' in side) return [side];
      const codec = codecOf(side.type);
      if (codec === null) return []; // said of that type
      const found = codec.records.map((record) => fieldNamed(record, side.rest, position, side.type.name));
      const [first] = found;
      return first !== undefined && found.every(isProblem) && isProblem(first) ? [first] : [];
    });
    const conditions = when.flatMap((condition, at) => {
      const position = source.valuePositionOf([...path, 'when', at]);
      const side = sideOf(condition, type, catalog, position);
      if ('code' in side) return [side];
      const codec = codecOf(side.type);
      return codec === null ? [] : conditionProblems(codec, side.rest, position);
    });
    return [...named, ...conditions];
  });
}

interface Side {
  readonly type: FrameType;
  readonly rest: string;
}

/** The type that `request.` or `response.` stands for: the type itself, or the one it pairs with. */
function sideOf(
  text: string,
  type: FrameType,
  catalog: Catalog,
  position: CatalogProblem['position'],
): Side | CatalogProblem {
  const match = /^\s*(request|response)\.(.*)$/is.exec(text);
  const role = match?.[1]?.toLowerCase();
  if (match === null || role === type.role) return { type, rest: match?.[2] ?? text };
  const other = type.pairsWith === null ? undefined : catalog.typeNamed(type.pairsWith);
  if (other !== undefined && other.role === role) return { type: other, rest: match[2] ?? '' };
  return fieldProblem(
    `${type.name} pairs with no ${role}`,
    `a field of ${type.name} itself`,
    position,
    'add pairsWith:',
  );
}

function codecOf(type: FrameType): Codec | null {
  try {
    return type.codec();
  } catch (error) {
    problemsOf(error);
    return null;
  }
}

function conditionProblems(
  codec: Codec,
  condition: string,
  position: CatalogProblem['position'],
): readonly CatalogProblem[] {
  try {
    compileWhere(codec, condition);
    return [];
  } catch (error) {
    if (!(error instanceof OverpunchError) || error instanceof CatalogError) throw error;
    return [fieldProblem(error.message, "a condition such as 'response.STATUS = 0'", position, error.hint)];
  }
}
