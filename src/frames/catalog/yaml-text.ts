import { printable } from '../../bytes/printable.ts';

/** Write a text as a YAML scalar: plain where it is a simple word, else in quotation marks. */
export function yamlText(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_./-]*$/.test(text)) return text;
  return `'${printable(text).replaceAll("'", "''")}'`;
}
