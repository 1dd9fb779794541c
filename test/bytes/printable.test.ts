import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/bytes/printable.ts';

describe('text shown to people', () => {
  it('shows control characters, escapes and bidirectional controls as \\xNN', () => {
    expect(printable('a\u001b[31mb\u0000\u007f\u0085\u202eé\n')).toBe('a\\x1B[31mb\\x00\\x7F\\x85\\x202Eé\\x0A');
  });

  it('leaves everything else as it is', () => {
    expect(printable('Évreux ¤ 日本 "quoted" \\ 100%')).toBe('Évreux ¤ 日本 "quoted" \\ 100%');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(printable(text)),
      ),
    );
  });
});
