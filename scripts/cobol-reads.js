import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Records one after another, a line each, or after 4 bytes: length big-endian without them, and two zero bytes. */
const frames = {
  sequential: (record) => [record],
  line: (record) => [record, Buffer.from('\n')],
  varying: (record) => [Buffer.from([record.length >> 8, record.length & 0xff, 0, 0]), record],
};

/** The file of a variant that the program reads: relative to the folder of the case. */
export function dataFile(variant) {
  return `${variant.name}/${variant.organization === 'line' ? 'data.txt' : 'data.bin'}`;
}

/** Lines of a `.jsonl` file. */
export function linesOf(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** Encode `values.jsonl` into the file that the COBOL program of a variant reads. Throws with all that is refused. */
export function encodeCase(library, folder, spec, variant) {
  const { parseCopybook, layoutOf, createCodec, parseJsonLine } = library;
  const layout = layoutOf(parseCopybook(readFileSync(join(folder, 'copybook.cpy'), 'latin1')), variant.options);
  const codec = createCodec(layout, spec.options);
  const refused = [];
  const parts = linesOf(join(folder, 'values.jsonl')).flatMap((line, index) => {
    const { bytes, issues } = codec.encode(parseJsonLine(line));
    refused.push(
      ...issues.map(({ path, code, value, expected }) => `line ${index + 1} ${path}: ${code} ${value}: ${expected}`),
    );
    return bytes === null ? [] : frames[variant.organization](bytes);
  });
  if (refused.length > 0) throw new Error(refused.join('\n'));
  return Buffer.concat(parts);
}

/** Where the printed values are not those of `values.jsonl`: none is what is wanted. Both must have the same items. */
export function printedDifferences(spec, values, rows) {
  const differences = rows.length === values.length ? [] : [`${rows.length} records printed, ${values.length} written`];
  values.forEach((value, index) => {
    const wanted = new Map(flattened(value, '', []));
    const printed = rows[index] ?? {};
    for (const name of new Set([...wanted.keys(), ...Object.keys(printed)])) {
      const wrong = difference(spec, name, wanted.get(name), printed[name]);
      if (wrong !== null) differences.push(`record ${index + 1} ${name}: ${wrong}`);
    }
  });
  return differences;
}

/** Elementary values by their COBOL reference: `NAME(1,2)`. */
function flattened(value, name, subscripts) {
  if (Array.isArray(value)) return value.flatMap((entry, index) => flattened(entry, name, [...subscripts, index + 1]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([member, inner]) => flattened(inner, member, subscripts));
  }
  return [[subscripts.length === 0 ? name : `${name}(${subscripts.join(',')})`, value]];
}

function difference(spec, name, value, printed) {
  if (printed === undefined) return 'not printed';
  if (value === undefined) return 'printed but not written';
  const said = `${JSON.stringify(printed)}, written ${JSON.stringify(value)}`;
  if (printed.float !== undefined) return sameFloat(spec, name, value, Number(printed.float)) ? null : said;
  if (printed.number !== undefined) {
    return printed.number === plain(value) && printed.text === printed.again ? null : said;
  }
  const width = printed.text.length;
  const right = (spec.right ?? []).includes(name);
  return printed.text === (right ? value.padStart(width) : value.padEnd(width)) ? null : said;
}

/** A COMP-1 is printed with the digits that tell it from other COMP-1s. */
function sameFloat(spec, name, value, printed) {
  return spec.short?.includes(name) ? Math.fround(printed) === Math.fround(Number(value)) : printed === Number(value);
}

/** A number or its text without zeros at the end of its decimals. */
function plain(value) {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`${text} is not a plain decimal`);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
