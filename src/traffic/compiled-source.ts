type Factory = (...given: unknown[]) => unknown;
// Functions of the same source share their code, which the engine then optimises once.
const mostKept = 1024;
const kept = new Map<string, Factory>();

/** Make what a source returns, with values for its parameters. The source must not have text from input in it. */
export function compiledSource<Made>(source: string, given: Readonly<Record<string, unknown>>): Made {
  const names = Object.keys(given);
  const key = `${names.join()}\n${source}`;
  let make = kept.get(key);
  if (make === undefined) {
    if (kept.size >= mostKept) kept.clear();
    make = new Function(...names, source) as Factory;
    kept.set(key, make);
  }
  return make(...Object.values(given)) as Made;
}
