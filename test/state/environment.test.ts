import { describe, test } from 'vitest';
import { environmentConformance } from '../../src/state/conformance/environment-cases.ts';
import { places } from './environment-places.ts';

describe.each(Object.entries(places))('an environment in %s', (_, newPlace) => {
  for (const { name, run } of environmentConformance(newPlace)) test(name, run);
});
