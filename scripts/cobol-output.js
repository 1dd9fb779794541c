/**
 * Read what the program of a fixture case printed (`cobol-program.js` says how).
 *
 * Offsets, lengths, numbers and texts are the compiler's; this only puts the decimal point where the picture of the
 * program's own W-NUMBER has it and drops leading and trailing zeros.
 */

/** Drop what does not change a decimal: `+` and leading zeros, zeros after the point, minus zero. */
export function decimal(sign, whole, fraction) {
  const digits = whole.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  const text = decimals === '' ? digits : `${digits}.${decimals}`;
  return sign === '-' && /[1-9]/.test(text) ? `-${text}` : text;
}

/** The decimal in the text of W-NUMBER: a sign, 20 digits and 18 decimals. */
export function numberOf(text) {
  if (!/^[+-]\d{38}$/.test(text)) {
    throw new Error(`the program printed ${JSON.stringify(text)} for a number`);
  }
  return decimal(text[0], text.slice(1, 21), text.slice(21));
}

/** The value in a line the program printed: its kind, and what stands behind that. */
export function readValue(letter, rest) {
  switch (letter) {
    case 'N':
      return { number: numberOf(rest) };
    case 'W':
      return { number: decimal(rest[0], rest.slice(1), '') };
    case 'F':
      return { float: rest.trim() };
    case 'T':
      return { text: rest.slice(0, -1) };
    case 'E':
      return { number: numberOf(rest.slice(0, 39)), text: rest.slice(40, -1) };
    default:
      throw new Error(`the program printed a line that starts with ${JSON.stringify(letter)}`);
  }
}

function laidOut(layouts, record, name) {
  return layouts.find((layout) => layout.record === record)?.items.find(({ item }) => item === name)?.offset;
}

/**
 * Turn the printed lines into rows and layouts. A value has its offset only where that is not the layout's.
 *
 * @param {string} output
 * @returns {{rows: object[], layouts: {record: string, items: object[]}[]}}
 */
export function readOutput(output) {
  const rows = [];
  const layouts = [];
  for (const line of output.split('\n').filter((text) => text !== '')) {
    const [letter, first, second, ...others] = line.split('|');
    if (letter === 'L') {
      if (layouts.at(-1)?.record !== first) {
        layouts.push({ record: first, items: [] });
      }
      layouts.at(-1).items.push({ item: second, offset: Number(others[0]), length: Number(others[1]) });
    } else if (letter === 'R') {
      rows.push({ record: first, length: Number(second), values: {} });
    } else {
      const row = rows.at(-1);
      const offset = Number(second);
      row.values[first] = {
        ...(offset === laidOut(layouts, row.record, first) ? {} : { offset }),
        ...readValue(letter, others.join('|')),
      };
    }
  }
  return { rows, layouts };
}
