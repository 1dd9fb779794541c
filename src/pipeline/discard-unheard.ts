import type { OutputOptions } from '../runtime/embedded/committed-outputs.ts';

type Outputs = Readonly<Record<string, OutputOptions>>;

/** Let the records of topics that are neither kept nor sent anywhere be counted alone, unless somebody hears of them. */
export function discardUnheard(outputs: Outputs, isHeard: (topic: string) => boolean): Outputs {
  return Object.fromEntries(
    Object.entries(outputs).map(([topic, options]) => {
      const { keep = true, sinks = [] } = options;
      return [topic, keep || sinks.length > 0 || isHeard(topic) ? options : { ...options, discard: true }];
    }),
  );
}
