import type { LayoutItem } from '../../copybook/layout.ts';
import { frameRoles } from '../catalog/catalog.ts';
import { type Classifier, classifier } from './classifier.ts';
import { timeReading } from './event-time.ts';
import {
  blankToken,
  countReading,
  digitFields,
  isLongKey,
  joinedReading,
  type NumberReading,
  tokenReading,
} from './field-number.ts';
import { type HeaderField, headerField } from './header-field.ts';
import type { HeaderSource } from './header-source.ts';
import { type KeyReading, keyText } from './key-text.ts';
import { joinedCode, type NumberCode, numberCode, textCode } from './number-code.ts';
import { timeCode } from './time-code.ts';

/** One number of the header: read by the codec, and by code of its own where its form is a common one. */
export interface PlannedNumber {
  readonly read: NumberReading;
  readonly code: NumberCode | null;
}

/** One choice by fields of the header. */
export interface PlannedChoice {
  readonly fields: readonly HeaderField[];
  readonly rows: number;
  readonly classify: Classifier;
}

/** What a header reader reads, and from where; `null`: the protocol has no such thing. */
export interface HeaderPlan {
  readonly length: number;
  readonly type: PlannedChoice;
  readonly direction: PlannedChoice | null;
  /** Direction by type where the direction field has no value for the type's role; −1 where it has. */
  readonly silent: readonly number[];
  readonly key: PlannedNumber;
  readonly sequence: PlannedNumber | null;
  readonly time: PlannedNumber | null;
  readonly frameLength: PlannedNumber | null;
  /** Added to the value of the length field. */
  readonly lengthAdjustment: number;
  readonly flags: PlannedNumber | null;
  readonly keyText: KeyReading;
}

/** Work out how each part of a header is read. Throws what a codec throws for options, and USAGE for values of the wrong kind. */
export function planHeader({ header, types }: HeaderSource): HeaderPlan {
  const { fields } = header;
  const at = (item: LayoutItem): HeaderField => headerField(header, item);
  const planned = <Planned>(item: LayoutItem | null, plan: (field: HeaderField) => Planned): Planned | null =>
    item === null ? null : plan(at(item));
  const discriminators = header.discriminators.map(at);
  const key = at(fields.key);
  const voiced = frameRoles.filter((role) => fields.direction !== null && header.directions[role].length > 0);
  return {
    length: header.length,
    type: {
      fields: discriminators,
      rows: types.length,
      classify: classifier(
        discriminators,
        types.map((type) => type.when),
      ),
    },
    direction: planned(fields.direction, (field) => {
      const choose = classifier(
        [field],
        voiced.map((role) => [header.directions[role]]),
      );
      const numbers = voiced.map((role) => frameRoles.indexOf(role));
      return {
        fields: [field],
        rows: voiced.length,
        classify: (bytes, offset) => numbers[choose(bytes, offset)] ?? -1,
      };
    }),
    silent: types.map(({ role }) => (voiced.includes(role) ? -1 : frameRoles.indexOf(role))),
    key: planKey(key, at),
    sequence: planned(fields.sequence, (field) => planToken(field, blankToken(field))),
    time: planned(fields.time, (field) => ({
      read: timeReading(field, header.timeFormat),
      code: timeCode(field, header.timeFormat),
    })),
    frameLength: planned(fields.length, (field) => ({ read: countReading(field), code: numberCode(field, 'n') })),
    lengthAdjustment: header.lengthAdjustment,
    flags: planned(fields.flags, (field) => planToken(field, Number.NaN)),
    keyText: keyText(key, at),
  };
}

function planKey(key: HeaderField, at: (item: LayoutItem) => HeaderField): PlannedNumber {
  const digits = digitFields(key, at);
  if (digits !== null) return { read: joinedReading(digits), code: joinedCode(digits, 'k') };
  if (isLongKey(key)) return { read: () => Number.NaN, code: null };
  return planToken(key, blankToken(key));
}

function planToken(field: HeaderField, blank: number): PlannedNumber {
  return { read: tokenReading(field, blank), code: numberCode(field, 'n') ?? textCode(field, blank, 'n') };
}
