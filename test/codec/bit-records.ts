import fc from 'fast-check';

/** An item of a made-up record: how its copybook names it is worked out when it is written. */
export type BitItem =
  | { readonly kind: 'bits'; readonly bits: number; readonly occurs: Repeat }
  | { readonly kind: 'text'; readonly size: number; readonly occurs: Repeat }
  | { readonly kind: 'group'; readonly bitGroup: boolean; readonly items: readonly BitItem[]; readonly occurs: Repeat };

/** How often an item stands there; under `counted` a counter of `counterBits` bits directly before it says it. */
export type Repeat =
  | { readonly kind: 'once' }
  | { readonly kind: 'fixed'; readonly count: number }
  | { readonly kind: 'counted'; readonly least: number; readonly most: number; readonly counterBits: number };

/** A record with what must be found in it. Positions are bits. */
export interface MadeRecord {
  readonly bytes: Uint8Array;
  readonly value: Record<string, unknown>;
  /** `path start+bits=value` of every field, in order. */
  readonly fields: readonly string[];
}

const repeat: fc.Arbitrary<Repeat> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: 'once' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fixed' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('counted' as const),
      least: fc.integer({ min: 0, max: 1 }),
      most: fc.integer({ min: 2, max: 7 }),
      counterBits: fc.integer({ min: 3, max: 9 }),
    }),
  },
);
const bits = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 70 }));

const { group, bitGroup } = fc.letrec<{ group: BitItem; bitGroup: BitItem; field: BitItem; bitField: BitItem }>(
  (tie) => ({
    bitField: fc.record({ kind: fc.constant('bits' as const), bits, occurs: repeat }),
    field: fc.oneof(
      { weight: 3, arbitrary: tie('bitField') },
      fc.record({ kind: fc.constant('text' as const), size: fc.integer({ min: 1, max: 3 }), occurs: repeat }),
    ),
    group: fc.record({
      kind: fc.constant('group' as const),
      bitGroup: fc.constant(false),
      items: fc.array(fc.oneof({ maxDepth: 3 }, tie('field'), tie('bitGroup'), tie('group')), {
        minLength: 1,
        maxLength: 4,
      }),
      occurs: repeat,
    }),
    bitGroup: fc.record({
      kind: fc.constant('group' as const),
      bitGroup: fc.constant(true),
      items: fc.array(fc.oneof({ maxDepth: 3 }, tie('bitField'), tie('bitGroup')), { minLength: 1, maxLength: 4 }),
      occurs: repeat,
    }),
  }),
);

/** The items below an 01, itself a bit group or not. */
export const bitItems: fc.Arbitrary<readonly BitItem[]> = fc.array(fc.oneof(group, bitGroup), {
  minLength: 1,
  maxLength: 4,
});

/** Write the copybook of items in free format. */
export function bitCopybook(items: readonly BitItem[]): string {
  const lines: string[] = ['01 R.'];
  writeItems(items, 2, '', lines);
  return lines.join('\n');
}

function writeItems(items: readonly BitItem[], level: number, prefix: string, lines: string[]): void {
  for (const [index, item] of items.entries()) {
    const name = `F${prefix}${index}`;
    const { occurs } = item;
    let clause = '';
    if (occurs.kind === 'fixed') clause = ` OCCURS ${occurs.count}`;
    if (occurs.kind === 'counted') {
      lines.push(`${level} N${prefix}${index} PIC 1(${occurs.counterBits}) USAGE BIT.`);
      clause = ` OCCURS ${occurs.least} TO ${occurs.most} DEPENDING ON N${prefix}${index}`;
    }
    if (item.kind === 'bits') lines.push(`${level} ${name} PIC 1(${item.bits}) USAGE BIT${clause}.`);
    else if (item.kind === 'text') lines.push(`${level} ${name} PIC X(${item.size})${clause}.`);
    else {
      lines.push(`${level} ${name}${item.bitGroup ? ' GROUP-USAGE BIT' : ''}${clause}.`);
      writeItems(item.items, level + 1, `${prefix}${index}-`, lines);
    }
  }
}

/**
 * Make a record of items by putting one value after the other, as a person would with a pencil: bits at the next bit, everything else at
 * the next byte, ordinary groups up to the end of a byte.
 */
export function makeRecord(items: readonly BitItem[], odo: 'maximum' | 'shifted', draw: () => number): MadeRecord {
  let stream = '';
  const fields: string[] = [];
  const toByte = (): void => {
    while (stream.length % 8 !== 0) stream += '0';
  };
  const field = (path: string, content: string, value: unknown): unknown => {
    fields.push(`${path} ${stream.length}+${content.length}=${String(value)}`);
    stream += content;
    return value;
  };
  const bitField = (path: string, content: string): unknown => {
    const value = BigInt(`0b${content}`);
    return field(path, content, content.length <= 53 ? Number(value) : String(value));
  };
  const drawBits = (count: number): string => Array.from({ length: count }, () => draw() & 1).join('');
  const one = (item: BitItem, path: string, prefix: string, inBits: boolean): unknown => {
    switch (item.kind) {
      case 'bits':
        return bitField(path, drawBits(item.bits));
      case 'text': {
        toByte();
        const text = Array.from({ length: item.size }, () => 'ABC'.charAt(draw() % 3)).join('');
        const bytes = [...text].map((letter) => (0xc1 + 'ABC'.indexOf(letter)).toString(2));
        return field(path, bytes.join(''), text);
      }
      case 'group': {
        const packed = inBits || item.bitGroup;
        if (!packed) toByte();
        const value = all(item.items, path === '' ? '' : `${path}.`, prefix, packed);
        if (!packed) toByte();
        return value;
      }
    }
  };
  const all = (list: readonly BitItem[], path: string, prefix: string, inBits: boolean): Record<string, unknown> => {
    const value: Record<string, unknown> = {};
    for (const [index, item] of list.entries()) {
      const name = `F${prefix}${index}`;
      const { occurs } = item;
      const below = `${prefix}${index}-`;
      if (occurs.kind === 'once') {
        value[name] = one(item, path + name, below, inBits);
        continue;
      }
      let count = occurs.kind === 'fixed' ? occurs.count : 0;
      let slots = count;
      if (occurs.kind === 'counted') {
        count = occurs.least + (draw() % (occurs.most - occurs.least + 1));
        slots = odo === 'maximum' ? occurs.most : count;
        const counter = `N${prefix}${index}`;
        value[counter] = bitField(path + counter, count.toString(2).padStart(occurs.counterBits, '0'));
      }
      const entries: unknown[] = [];
      for (let entry = 1; entry <= slots; entry++) {
        const mark = fields.length;
        const from = stream.length;
        const made = one(item, `${path}${name}(${entry})`, below, inBits);
        if (entry <= count) entries.push(made);
        else {
          // A slot that nobody counts.
          fields.length = mark;
          stream = stream.slice(0, from).padEnd(stream.length, '0');
        }
      }
      // What is aligned is aligned even where nothing of it is there.
      if (slots === 0 && !isBitAligned(item)) toByte();
      value[name] = entries;
    }
    return value;
  };
  const value = all(items, '', '', false);
  toByte();
  const bytes = Uint8Array.from(stream.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return { bytes, value, fields };
}

function isBitAligned(item: BitItem): boolean {
  return item.kind === 'bits' || (item.kind === 'group' && item.bitGroup);
}
