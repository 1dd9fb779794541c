import type { Benchmark } from './benchmark.ts';

/** Every benchmark by its name on the command line; its module is loaded when it is run. */
export const registry: ReadonlyMap<string, () => Promise<Benchmark>> = new Map([
  ['header', async () => (await import('./header.ts')).header],
  ['framing', async () => (await import('./framing.ts')).framing],
  ['generate', async () => (await import('./generate.ts')).generate],
  ['itc', async () => (await import('./itc.ts')).itc],
  ['events', async () => (await import('./events.ts')).events],
  ['catalog', async () => (await import('./catalog.ts')).catalog],
  ['decode', async () => (await import('./decode.ts')).decode],
  ['runtime', async () => (await import('./runtime.ts')).runtime],
  ['state', async () => (await import('./state.ts')).state],
  ['correlate', async () => (await import('./correlate.ts')).correlateBenchmark],
  ['rewards', async () => (await import('./rewards.ts')).rewards],
  ['rewards-latency', async () => (await import('./rewards-latency.ts')).rewardsLatency],
  ['replay', async () => (await import('./replay.ts')).replay],
]);
