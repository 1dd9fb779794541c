/** Break text into lines of at most `width` characters, at blanks where there are any; a longer word is cut. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    // A surrogate pair is not taken apart.
    const hard = isHighSurrogate(rest.charCodeAt(width - 1)) ? width - 1 : width;
    const at = blank > width / 2 ? blank : hard;
    lines.push(rest.slice(0, at));
    rest = at === blank ? rest.slice(at + 1) : rest.slice(at);
  }
  lines.push(rest);
  return lines;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
