import { describe, expect, test } from 'vitest';
import { codePage, codePageNames, resolveCodePage, similarCodePages } from '../../src/ebcdic/index.ts';
import { OverpunchError } from '../../src/errors.ts';

describe('the name of a code page', () => {
  test.each([
    ['cp037', 'IBM037'],
    ['IBM037', 'IBM037'],
    ['ibm-37', 'IBM037'],
    ['037', 'IBM037'],
    ['37', 'IBM037'],
    ['00037', 'IBM037'],
    ['ebcdic-cp-us', 'IBM037'],
    ['CpIBM37', 'IBM037'],
    ['csIBM037', 'IBM037'],
    ['OSF10020025', 'IBM037'],
    ['1147', 'IBM1147'],
    ['cp1147', 'IBM1147'],
    ['IBM01147', 'IBM1147'],
    ['CP01140', 'IBM1140'],
    ['CCSID01140', 'IBM1140'],
    ['ebcdic-us-037+euro', 'IBM1140'],
    ['500V1', 'IBM500'],
    ['IBM-Thai', 'IBM838'],
    ['x-IBM930', 'IBM930'],
    ['ibm_939', 'IBM939'],
    ['ibm-300', 'IBM300'],
    ['EBCDIC-AT-DE-A', 'EBCDIC-AT-DE-A'],
    ['ASCII', 'ascii'],
    ['us-ascii', 'ascii'],
    ['Latin-1', 'latin1'],
    ['ISO-8859-1', 'latin1'],
    ['iso8859_1', 'latin1'],
    ['UTF-8', 'utf8'],
    ['1208', 'utf8'],
  ])('%s is %s', (name, page) => {
    expect(resolveCodePage(name)).toBe(page);
  });

  test.each(['', '0', 'cp', 'ebcdic', 'ibm-', '__proto__', 'constructor', '99999', '037 '.repeat(1000)])(
    '%j is no page',
    (name) => {
      expect(resolveCodePage(name)).toBeNull();
    },
  );

  test('every canonical name resolves to itself and opens', () => {
    for (const name of codePageNames()) {
      expect(resolveCodePage(name)).toBe(name);
      expect(codePage(name).name).toBe(name);
      expect(codePage(name).toUnicode).toHaveLength(256);
    }
  });

  test('an unknown name is an error with names that look alike', () => {
    expect(similarCodePages('cp1410')[0]).toBe('IBM1140');
    expect(similarCodePages('latn1')).toContain('latin1');
    expect(() => codePage('ibm-1410')).toThrow(OverpunchError);
    expect(catchError(() => codePage('ibm-1410'))).toMatchObject({
      code: 'UNKNOWN_CODE_PAGE',
      exitStatus: 2,
      hint: expect.stringContaining('IBM1140'),
    });
  });

  test('a hostile name is shown harmless and short', () => {
    const error = catchError(() => codePage(`\u001b[2J${'x'.repeat(100_000)}`));
    expect(error.message).not.toContain('\u001b');
    expect(error.message.length).toBeLessThan(200);
  });
});

function catchError(run: () => unknown): OverpunchError {
  try {
    run();
  } catch (error) {
    if (error instanceof OverpunchError) return error;
  }
  throw new Error('nothing was thrown');
}
