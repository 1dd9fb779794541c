import { afterEach, expect, test, vi } from 'vitest';
import { reportToPeople } from '../../src/cli/report-to-people.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('a flood of warnings is cut short, and counted a minute later', () => {
  let written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  let said = '';
  let now = 0;
  const report = reportToPeople(
    (text) => {
      said += text;
    },
    () => now,
  );
  report({ source: 'tcp', code: null, message: 'good to know' });
  for (let index = 0; index < 1000; index++) {
    report({ source: 'tcp', code: 'CONNECTION_LOST', message: `broke\u001b[2J ${index}` });
  }
  expect(written.split('\n')).toHaveLength(101);
  expect(written).not.toContain('\u001b');
  now = 60_000;
  report({ source: 'tcp', code: 'CONNECTION_LOST', message: 'broke once more' });
  expect(written).toMatch(
    /overpunch: 900 more warnings within a minute\noverpunch: CONNECTION_LOST: tcp: broke once more\n$/,
  );
  expect(said).toBe('tcp: good to know\n');
});
