import type { Codec } from '../codec/create-codec.ts';
import type { RecordLayout } from '../copybook/layout.ts';
import type { FieldForm } from './field-form.ts';
import { type FieldPlace, type FormOptions, formSlots } from './form-slots.ts';
import { formSource } from './form-source.ts';
import { type JsonWriter, jsonSource } from './json-source.ts';
import type { WordPool } from './word-pool.ts';

/**
 * A type of frame as numbers: `values` has one for every field, `write` makes the bytes and `putJson` the text of the decoded frame,
 * neither from the other.
 */
export interface FrameForm {
  readonly record: RecordLayout;
  readonly values: Float64Array;
  /** Bytes of the longest frame, not compressed. */
  readonly maximumLength: number;
  /** All frames have this length. */
  readonly isFixed: boolean;
  /** All named fields. */
  readonly fields: readonly FieldPlace[];
  /**
   * The place of a field that will change; `undefined` when the record does not have it. The others must have their values before the
   * first frame is written.
   */
  field(name: string): FieldPlace | undefined;
  /** Write header and plain body at `at`, where `maximumLength` bytes have room; returns how many it took. */
  write(out: Uint8Array, at: number): number;
  /** Write the text in UTF-8 at `at`, where `jsonRoom` has room; returns where it ends. */
  readonly putJson: JsonWriter;
  readonly jsonRoom: number;
}

/** Compile the form of a codec's frames, of its first record. */
export function frameForm(codec: Codec, words: WordPool, options: FormOptions): FrameForm {
  const [record] = codec.records;
  const shape = record === undefined ? undefined : codec.shapeOf(record);
  if (record === undefined || shape === undefined) throw new RangeError('a codec reads at least one record');
  const slots = formSlots(record, codec, words, options);
  const values = new Float64Array(slots.size);
  const named = new Map(
    [...slots.fields.values()].flatMap((field) => {
      const { name } = field.form.item;
      return name === null ? [] : [[name, field] as const];
    }),
  );
  const changing = new Set<FieldForm>();
  let write: FrameForm['write'] | null = null;
  let text: { readonly room: number; readonly put: JsonWriter } | null = null;
  const json = (): NonNullable<typeof text> => {
    const { room, compile } = jsonSource(slots, shape, values, changing);
    return { room, put: compile() };
  };
  return {
    record,
    values,
    maximumLength: Math.ceil(record.root.bitLength / 8),
    isFixed: record.minimumLength === record.maximumLength,
    fields: [...named.values()],
    field(name) {
      const field = named.get(name);
      if (field !== undefined) changing.add(field.form);
      return field;
    },
    write(out, at) {
      // Compiled late: what nobody changes is written once, into a template.
      write ??= formSource(slots, values, changing, codec.options.odo !== 'maximum').compile();
      return write(out, at);
    },
    putJson(out, at, view) {
      text ??= json();
      return text.put(out, at, view);
    },
    get jsonRoom() {
      text ??= json();
      return text.room;
    },
  };
}
