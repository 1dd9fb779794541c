import { deflateRawSync } from 'node:zlib';

const first = 0x41;
const last = 0xfe;
const side = last - first + 1;

/**
 * Pack a double-byte map `{ '4141': codePoint | [codePoint, codePoint] }` as `{ cells, sequences }`.
 *
 * The cells X'41'-X'FE' × X'41'-X'FE' in order, each 0 when unmapped, else the difference to the mapped cell before it
 * modulo 2^24, written as three planes of bytes (high, middle, low), deflated, base64. Cell values from 0x110000 count
 * into `sequences`. X'4040' is U+3000 in every map and not written.
 */
export function packDoubleByteMap(map) {
  const cells = new Uint32Array(side * side);
  const sequences = [];
  if (map['4040'] !== 0x3000) throw new Error("X'4040' is not U+3000");
  for (const [pair, value] of Object.entries(map)) {
    if (pair === '4040') continue;
    const code = Number.parseInt(pair, 16);
    const [lead, trail] = [code >> 8, code & 0xff];
    if (lead < first || lead > last || trail < first || trail > last) throw new Error(`X'${pair}' is out of range`);
    cells[(lead - first) * side + (trail - first)] = Array.isArray(value) ? addSequence(sequences, value) : value;
  }
  return { cells: deflateRawSync(planes(differences(cells)), { level: 9 }).toString('base64'), sequences };
}

/** The cells on which all maps agree. */
export function commonCells(maps) {
  const [head, ...rest] = maps;
  return Object.fromEntries(
    Object.entries(head).filter(([pair, value]) =>
      rest.every((map) => typeof value === 'number' && map[pair] === value),
    ),
  );
}

function addSequence(sequences, points) {
  sequences.push(String.fromCodePoint(...points));
  return 0x110000 + sequences.length - 1;
}

function differences(cells) {
  let before = 0;
  return cells.map((value) => {
    if (value === 0) return 0;
    const difference = (value - before) & 0xffffff;
    if (difference === 0) throw new Error('two neighbouring cells are equal');
    before = value;
    return difference;
  });
}

function planes(cells) {
  const bytes = Buffer.alloc(cells.length * 3);
  cells.forEach((value, index) => {
    bytes[index] = value >> 16;
    bytes[cells.length + index] = (value >> 8) & 0xff;
    bytes[2 * cells.length + index] = value & 0xff;
  });
  return bytes;
}
