import { expect, test } from 'vitest';
import type { OverpunchError } from '../../src/errors.ts';
import type { Environment } from '../../src/state/environment.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { checkStateHeader, readStateHeader, writeStateHeader } from '../../src/state/state-header.ts';

const header = { pipeline: 'p1', catalog: 'c1', partitions: 4 };

function refusal(environment: Environment, expected: typeof header): OverpunchError {
  try {
    checkStateHeader(environment, expected);
  } catch (error) {
    return error as OverpunchError;
  }
  throw new Error('nothing was refused');
}

test('new state gets the header it is opened with, and fits it from then on', () => {
  const environment = openMemoryEnvironment();
  expect(readStateHeader(environment)).toBeNull();
  expect(checkStateHeader(environment, header, false)).toBe(false);
  expect(readStateHeader(environment)).toBeNull();
  expect(checkStateHeader(environment, header)).toBe(false);
  expect(checkStateHeader(environment, header)).toBe(true);
  expect(readStateHeader(environment)).toMatchObject(header);
});

test('state of another pipeline, catalog or number of partitions is refused, with the way out', () => {
  const environment = openMemoryEnvironment();
  checkStateHeader(environment, header);
  const error = refusal(environment, { pipeline: 'p2', catalog: 'c1', partitions: 8 });
  expect(error.code).toBe('STATE_INCOMPATIBLE');
  expect(error.message).toBe('the kept state does not fit: pipeline was p1, is p2; number of partitions was 4, is 8');
  expect(error.hint).toContain('--drain');
  expect(refusal(environment, { ...header, catalog: '\u001b[2J' }).message).not.toContain('\u001b');
  writeStateHeader(environment, { ...header, partitions: 8 });
  expect(checkStateHeader(environment, { ...header, partitions: 8 })).toBe(true);
});

test.each([
  ['{"version":2,"pipeline":"p1","catalog":"c1","partitions":4}', 'STATE_INCOMPATIBLE'],
  ['{"version":1,"pipeline":"p1"}', 'STATE_CORRUPT'],
  ['null', 'STATE_CORRUPT'],
  ['{', 'STATE_CORRUPT'],
])('the header %s is refused', (text, code) => {
  const environment = openMemoryEnvironment();
  const table = environment.table('header');
  environment.commit(() => table.put(new TextEncoder().encode('header'), new TextEncoder().encode(text)));
  expect(refusal(environment, header).code).toBe(code);
});
