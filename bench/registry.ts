import type { Benchmark } from './benchmark.ts';

/** Every benchmark by its name on the command line; its module is loaded when it is run. */
export const registry: ReadonlyMap<string, () => Promise<Benchmark>> = new Map([
  ['header', async () => (await import('./header.ts')).header],
  ['framing', async () => (await import('./framing.ts')).framing],
  ['generate', async () => (await import('./generate.ts')).generate],
  ['itc', async () => (await import('./itc.ts')).itc],
  ['catalog', async () => (await import('./catalog.ts')).catalog],
  ['decode', async () => (await import('./decode.ts')).decode],
]);
