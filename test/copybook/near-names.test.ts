import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/copybook/near-names.ts';

describe('names that resemble a mistyped one', () => {
  it('come best first, at most three of them, whatever their case', () => {
    const names = ['BALANCE-DUE', 'BALANCE', 'BALANCES', 'BALANSE', 'ACCOUNT', 'VALANCES'];
    expect(nearNames('balance', names)).toEqual(['BALANCE', 'BALANCES', 'BALANSE']);
  });

  it('count an exchange of neighbours as one mistake', () => {
    expect(nearNames('RLOE', ['ROLE'])).toEqual(['ROLE']);
  });

  it('do not count what stands behind the last period', () => {
    expect(nearNames('HAEDER.cpy', ['HEADER.CBL', 'T031.CBL'])).toEqual(['HEADER.CBL']);
  });

  it('are none when all are too different', () => {
    expect(nearNames('ITC-TYPE', ['BALANCE', 'T'])).toEqual([]);
    expect(nearNames('X'.repeat(100_000), ['Y'.repeat(100_000)])).toEqual([]);
  });
});
