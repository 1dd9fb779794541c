/**
 * Make the name of a type from a copybook name: `CUSTOMER-RECORD` becomes `CustomerRecord`.
 *
 * The name may come from a file and hold anything; what cannot stand in an identifier separates words.
 */
export function pascalName(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{Nl}\p{Nd}]+/gu) ?? [];
  const joined = words.map(capitalised).join('');
  return /^[\p{L}\p{Nl}]/u.test(joined) ? joined : `_${joined}`;
}

function capitalised(word: string): string {
  const [first = '', ...rest] = word;
  const tail = rest.join('');
  // As written where both cases are used: `CustRec` is two words already.
  return first.toUpperCase() + (tail === tail.toUpperCase() ? tail.toLowerCase() : tail);
}
