/** How text for people may look: the columns there are, and whether colours may be used. */
export interface Screen {
  readonly width: number;
  readonly dim: Paint;
  readonly bold: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
}

/** Put a colour around text, or leave it as it is. */
export type Paint = (text: string) => string;

const usualWidth = 100; // of piped output: what a pager on most screens shows whole
const narrowest = 60;
const widest = 400;

/** Look at the terminal behind a stream: colours only there, and not with NO_COLOR. `width` overrides its columns; there are `least` of them, whatever it says. */
export function screenOf(stream: NodeJS.WriteStream, width: number | undefined, least: number = narrowest): Screen {
  const terminal = stream.isTTY === true;
  // https://no-color.org: any value but an empty one
  const coloured = terminal && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  const paint =
    (code: number): Paint =>
    (text) =>
      coloured && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  const columns = terminal ? Number(process.env['COLUMNS'] ?? 0) || stream.columns || usualWidth : usualWidth;
  return {
    width: Math.min(widest, Math.max(least, Math.floor(width ?? columns))),
    dim: paint(2),
    bold: paint(1),
    red: paint(31),
    yellow: paint(33),
  };
}
