import { OverpunchError } from '../errors.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import type { TrafficBlock, TrafficTally } from './tapped-line.ts';
import { Traffic } from './traffic.ts';
import { type TrafficOptions, trafficSettings } from './traffic-options.ts';

/**
 * Generate the traffic of a tote: race meetings, terminals that sell, pay and cancel, and what goes wrong on the way. It comes in blocks of
 * about a MiB, and takes no more memory for more frames. The same catalog, options and seed give the same bytes everywhere.
 *
 * Throws USAGE for options that make no sense, and for catalogs whose frames cannot be filled in; CopybookError for their copybooks.
 */
export function generateTraffic(
  catalog: Catalog,
  options: TrafficOptions,
): Generator<TrafficBlock, TrafficTally, undefined> {
  const { kind } = catalog.header.timeFormat;
  if (catalog.header.fields.time !== null && (kind === 'stck' || kind === 'digits')) {
    throw new OverpunchError('USAGE', `generate does not write event times as ${kind}`, {
      hint: 'it writes seconds, milliseconds and microseconds',
    });
  }
  return new Traffic(catalog, trafficSettings(options, catalog)).run();
}
