import { fileURLToPath } from 'node:url';
import { loadCatalog } from 'overpunch/frames';
import { generateTraffic, type TrafficOptions } from 'overpunch/traffic';
import type { Benchmark } from './benchmark.ts';
import { medianTimes } from './median-times.ts';

const perSecond = 1e9; // ns
const catalogFile = fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url));

/** Times the generator of traffic: with all that goes wrong, without, and with the truth beside it. */
export const generate: Benchmark = {
  title: 'Generating the traffic of the sample protocol',
  async run({ quick, rounds }) {
    const catalog = loadCatalog(catalogFile);
    const frames = quick ? 100_000 : 1_000_000;
    let seed = 0;
    const generated = (options: TrafficOptions): number => {
      let bytes = 0;
      for (const { capture } of generateTraffic(catalog, { seed: ++seed, ...options })) bytes += capture.length;
      if (bytes < 44 * (options.frames ?? 0)) throw new Error('frames are missing');
      return options.frames ?? 0;
    };
    const times = medianTimes(
      {
        usual: () => generated({ frames }),
        clean: () => generated({ frames, clean: true }),
        truth: () => generated({ frames: frames / 10, truth: true }),
      },
      rounds,
    );
    const unit = 'frames/s';
    return [
      { name: 'generate/frames-per-second', value: perSecond / times.usual, unit, floor: 200_000, goal: 1_000_000 },
      { name: 'generate/clean/frames-per-second', value: perSecond / times.clean, unit },
      { name: 'generate/truth/frames-per-second', value: perSecond / times.truth, unit },
    ];
  },
};
