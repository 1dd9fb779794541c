import type { LayoutItem } from '../copybook/layout.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import type { Random } from './random.ts';
import type { WireForm } from './wire-form.ts';

/** How a frame is made unreadable, as truth lines name it. */
export type DamageKind =
  | 'header-length'
  | 'header-cut'
  | 'type'
  | 'truncated'
  | 'digits'
  | 'packed'
  | 'counter'
  | 'bomb'
  | 'garbage';

/** A damaged frame: how, and its new length. */
export interface Damage {
  readonly kind: DamageKind;
  readonly length: number;
}

/** Damages the frame of `length` bytes at `at`; `null` when this one cannot be damaged so. */
type Damager = (out: Uint8Array, at: number, length: number) => Damage | null;

/** Prepare the ways in which frames of a type can be damaged. Each gives an error when the frame is read. */
export function damagers(wire: WireForm, catalog: Catalog, random: Random): readonly Damager[] {
  const { header } = catalog;
  const { compression } = wire.type;
  const damages: Damager[] = [];

  if (header.length > 1) {
    damages.push(() => ({ kind: 'header-cut', length: random.between(1, header.length - 1) }));
  }
  if (header.fields.length !== null) {
    damages.push((out, at, length) => {
      wire.putLength(out, at, random.below(2) === 0 ? length + random.between(1, 40) : length - random.between(1, 20));
      return { kind: 'header-length', length };
    });
  }
  const { type } = header.fields;
  damages.push((out, at, length) => {
    out.fill(0xff, at + type.offset, at + type.offset + type.length);
    return { kind: 'type', length };
  });

  const scheme = compression?.scheme ?? null;
  const always = compression !== null && compression.flag === 0;
  if (scheme === null) {
    const wide = plainItems(wire).filter(
      ({ length, bit, bitLength }) => length > 1 && bit === 0 && bitLength % 8 === 0,
    );
    const [first, ...others] = wide;
    if (first !== undefined && wire.form.isFixed) {
      damages.push((out, at) => {
        // Inside an item: a record that ends between two may be an older form of it.
        const item = random.pick([first, ...others]);
        const kept = item.offset + random.between(1, item.length - 1);
        wire.putLength(out, at, kept);
        return { kind: 'truncated', length: kept };
      });
    }
  } else if (always && (scheme === 'nje' || scheme === 'sna' || scheme === 'run-length')) {
    damages.push(bomb(wire, scheme), garbage(wire, scheme, random));
  }
  if (scheme === null || scheme === 'cut') {
    for (const item of plainItems(wire)) {
      const damage = fieldDamage(item, wire);
      if (damage !== null) damages.push(damage);
    }
  }
  return damages;

  function fieldDamage(item: LayoutItem, { form }: WireForm): Damager | null {
    const { type: held, offset, length: size } = item;
    const field = form.fields.find((one) => one.form.item === item);
    if (held === null || field === undefined) return null;
    const { counts } = field;
    const put = (kind: DamageKind, write: (out: Uint8Array, at: number) => void): Damager => {
      return (out, at, length) => {
        if (offset + size > length) return null; // cut off
        write(out, at + offset);
        return { kind, length };
      };
    };
    if (counts !== null) {
      const beyond = field.form.maximum;
      if (beyond <= counts.maximum || held.kind === 'bits') return null;
      return put('counter', (out, at) => field.form.put(out, 8 * at, beyond));
    }
    if (held.kind === 'packed' && held.signNibble) {
      return put('packed', (out, at) => {
        out[at] = 0xab;
      });
    }
    if (held.kind === 'zoned' && held.encoding === 'single-byte' && !held.separate && held.digits > 1) {
      return put('digits', (out, at) => {
        out[at] = 0x7c;
      });
    }
    return null;
  }
}

/** Fields of the body that stand at the same place in every frame. */
function plainItems({ form, headerLength }: WireForm): readonly LayoutItem[] {
  const { items } = form.record;
  const table = items.findIndex(({ occurs, views }) => occurs !== null || views.length > 1);
  return items.slice(0, table < 0 ? items.length : table).filter((item) => {
    return item.type !== null && item.offset >= headerLength && item.redefines === null;
  });
}

/** Few bytes that stand for more than any frame holds. */
function bomb(wire: WireForm, scheme: 'nje' | 'sna' | 'run-length'): Damager {
  const [control, worth] = scheme === 'nje' ? [[0x9f], 31] : scheme === 'sna' ? [[0xbf], 63] : [[0xff, 0x40], 127];
  const times = Math.floor(wire.form.maximumLength / worth) + 2;
  return (out, at) => {
    let length = wire.headerLength;
    for (let time = 0; time < times; time++) for (const byte of control) out[at + length++] = byte;
    wire.putLength(out, at, length);
    return { kind: 'bomb', length };
  };
}

/** A control byte that means nothing, and then anything. */
function garbage(wire: WireForm, scheme: 'nje' | 'sna' | 'run-length', random: Random): Damager {
  const control = scheme === 'nje' ? 0x40 : scheme === 'sna' ? 0x45 : 0x00;
  return (out, at) => {
    let length = wire.headerLength;
    out[at + length++] = control;
    for (let left = random.between(1, 30); left > 0; left--) out[at + length++] = random.below(256);
    wire.putLength(out, at, length);
    return { kind: 'garbage', length };
  };
}
