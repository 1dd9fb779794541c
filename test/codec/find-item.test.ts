import { describe, expect, it } from 'vitest';
import { findItem } from '../../src/copybook/find-item.ts';
import { layoutFrom } from './codec-of.ts';

const record = layoutFrom(
  '01 ORDER. 05 A PIC X. 05 LINE. 10 A PIC X. 10 SUB. 15 PRICE PIC 9. 05 OTHER. 10 SUB. 15 PRICE PIC 9. 05 B PIC X.',
).records[0];

function find(name: string): string {
  if (record === undefined) throw new Error('no record');
  return findItem(record, name).path;
}

describe('findItem', () => {
  it.each([
    ['b', 'ORDER.B'],
    ['Order.A', 'ORDER.A'],
    ['LINE.A', 'ORDER.LINE.A'],
    ['a of line', 'ORDER.LINE.A'],
    ['LINE.SUB.PRICE', 'ORDER.LINE.SUB.PRICE'],
    ['OTHER.PRICE', 'ORDER.OTHER.SUB.PRICE'],
    ['PRICE OF SUB OF LINE', 'ORDER.LINE.SUB.PRICE'],
  ])('finds %s', (name, path) => {
    expect(find(name)).toBe(path);
  });

  it('names the candidates of an ambiguous name', () => {
    expect(() => find('SUB.PRICE')).toThrow(/ORDER\.LINE\.SUB\.PRICE, ORDER\.OTHER\.SUB\.PRICE/);
    expect(() => find('A')).toThrow(expect.objectContaining({ code: 'AMBIGUOUS_NAME' }));
  });

  it('names what looks alike first', () => {
    expect(() => find('PRICES')).toThrow(/there are PRICE, /);
    expect(() => find('\u001b[2J')).toThrow(/\\x1B/);
  });
});
