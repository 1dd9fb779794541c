export type Trim = 'both' | 'left' | 'right' | 'none';

/** Remove every character up to and including U+0020 at the ends named (§5); U+0085 and U+00A0 stay. */
export function trimText(text: string, trim: Trim): string {
  let start = 0;
  let end = text.length;
  if (trim === 'both' || trim === 'left') while (start < end && text.charCodeAt(start) <= 0x20) start++;
  if (trim === 'both' || trim === 'right') while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}
