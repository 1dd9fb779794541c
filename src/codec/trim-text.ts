/** Which ends of a text lose which characters. */
export type TrimRule = 'right' | 'none' | 'left' | 'both' | 'nul';

/** Cut off blanks: U+0020, where `wide` also U+3000; `nul` cuts trailing U+0000 as well. */
export function trimText(text: string, rule: TrimRule, wide: boolean): string {
  if (rule === 'none') return text;
  let start = 0;
  let end = text.length;
  if (rule !== 'left') while (end > start && isBlank(text.charCodeAt(end - 1), rule, wide)) end--;
  if (rule === 'left' || rule === 'both') while (start < end && isBlank(text.charCodeAt(start), rule, wide)) start++;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number, rule: TrimRule, wide: boolean): boolean {
  return code === 0x20 || (wide && code === 0x3000) || (rule === 'nul' && code === 0);
}
