/** A part of a text, and the name that stands in front of it; items of lists have none. */
export interface YamlPiece {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const linesPerStep = 500; // of some kilobytes each

/**
 * Cut what stands in YAML from an offset to another at the lines that are indented as the first one is. All of them have to match `first`, which
 * finds their names; `null` when they do not.
 */
export function* cutYaml(
  text: string,
  from: number,
  to: number,
  first: RegExp,
): Generator<void, readonly YamlPiece[] | null> {
  const starts: { readonly key: string; readonly start: number }[] = [];
  let indentation = -1;
  let lines = 0;
  for (let start = from; start < to; ) {
    let at = start;
    while (text.charCodeAt(at) === 32) at += 1;
    const found = text[at] ?? '';
    if (at < to && found !== '\n' && found !== '\r' && found !== '#') {
      if (indentation < 0) indentation = at - start;
      if (at - start < indentation || found === '\t') return null;
      if (at - start === indentation) {
        first.lastIndex = at;
        const match = first.exec(text);
        // A list may stand right below its name: its dashes are part of that section.
        if (match !== null) starts.push({ key: match[1] ?? '', start });
        else if (found !== '-' || text[at + 1] !== ' ' || starts.at(-1)?.key !== 'list') return null;
      }
    }
    const end = text.indexOf('\n', at);
    start = end < 0 ? to : end + 1;
    lines += 1;
    if (lines % linesPerStep === 0) yield;
  }
  return starts.map(({ key, start }, index) => ({ key, start, end: starts[index + 1]?.start ?? to }));
}
