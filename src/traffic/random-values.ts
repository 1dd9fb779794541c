import type { FieldPlace } from './form-slots.ts';
import type { FrameForm } from './frame-form.ts';
import type { Random } from './random.ts';

/** Give fields of a form random values that they hold well; counters stay within their tables. `words` are those for texts. */
export function randomValues(
  { values }: FrameForm,
  fields: readonly FieldPlace[],
  words: readonly [number, ...number[]],
  random: Random,
): void {
  for (const field of fields) fill(field, field.index, 0);

  function fill(field: FieldPlace, index: number, depth: number): void {
    const stride = field.strides[depth];
    const maximum = field.maxima[depth] ?? 0;
    if (stride === undefined) values[index] = randomValue(field);
    else for (let entry = 0; entry < maximum; entry++) fill(field, index + entry * stride, depth + 1);
  }

  function randomValue({ form, counts }: FieldPlace): number {
    if (form.meaning === 'word') return random.pick(words);
    if (form.meaning === 'constant') return 0;
    if (counts !== null) return random.between(counts.minimum, Math.min(counts.maximum, form.maximum));
    // Most numbers in use are far smaller than their fields.
    const largest = Math.min(form.maximum, 10 ** random.between(1, 9));
    const value = Math.floor(random.fraction() * (largest + 1));
    return form.minimum < 0 && value > 0 && random.below(8) === 0 ? -Math.min(value, -form.minimum) : value;
  }
}
