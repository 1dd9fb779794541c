import { customers } from './customer-case.ts';
import type { DecodeCase } from './decode-case.ts';
import { cardExport } from './export-case.ts';
import { numbers } from './numeric-case.ts';
import { orders } from './order-case.ts';
import { segments } from './segment-case.ts';
import { transactions } from './transaction-case.ts';

/** Copybooks and their records by name; instead of one that is not here the reason. */
export const decodeCases: ReadonlyMap<string, () => DecodeCase | string> = new Map([
  ['A', () => customers],
  ['B', () => transactions],
  ['export', cardExport],
  ['numeric-250', () => numbers],
  ['rdw-segments', () => segments],
  ['odo', () => orders],
]);

/** Get a case that is here. */
export function decodeCase(name: string): DecodeCase {
  const found = decodeCases.get(name)?.();
  if (found === undefined || typeof found === 'string') throw new Error(`there is no case ${name}: ${found}`);
  return found;
}
