import { OverpunchError } from '../errors.ts';
import { backgroundExchange, backgroundFrame } from './background-exchange.ts';
import { betExchange } from './bet-exchange.ts';
import { cancelExchange } from './cancel-exchange.ts';
import { couponPrintExchange, couponUseExchange } from './coupon-exchanges.ts';
import type { Exchange } from './exchange.ts';
import { inquiryExchange } from './inquiry-exchange.ts';
import { multiBetExchange } from './multi-bet-exchange.ts';
import { paymentExchange } from './payment-exchange.ts';
import { oddsExchange, raceListExchange, resultsExchange } from './race-exchanges.ts';
import {
  balanceExchange,
  cashExchange,
  clockExchange,
  errorExchange,
  messageExchange,
  statusExchange,
} from './service-exchanges.ts';
import { closeExchange, loginExchange, logoutExchange, startExchange } from './terminal-exchanges.ts';
import { closed, opened } from './terminals.ts';
import type { Tote } from './tote.ts';
import type { WireForm } from './wire-form.ts';

/** Exchanges of manned terminals: the request's type, and how many of a thousand conversations are of it. */
const shares: readonly (readonly [type: string, share: number, make: (tote: Tote) => Exchange | null])[] = [
  ['T031', 560, betExchange],
  ['T032', 15, multiBetExchange],
  ['T021', 120, oddsExchange],
  ['T033', 110, paymentExchange],
  ['T034', 28, cancelExchange],
  ['T035', 16, inquiryExchange],
  ['T040', 40, couponPrintExchange],
  ['T041', 12, couponUseExchange],
  ['T022', 30, resultsExchange],
  ['T020', 10, raceListExchange],
  ['T010', 12, balanceExchange],
  ['T005', 8, clockExchange],
  ['T011', 4, cashExchange],
  ['T050', 16, statusExchange],
  ['T070', 4, messageExchange],
  ['T099', 3, errorExchange],
  ['T061', 3, logoutExchange],
  ['T002', 2, closeExchange],
];
const firstShares: readonly (readonly [type: string, make: (tote: Tote) => Exchange | null])[] = [
  ['T001', startExchange],
  ['T060', loginExchange],
];
/** Notices that the simulation sends itself. */
const ownNotices = ['N080', 'N081', 'N082', 'N083', 'N084', 'N090'];
const backgroundShare = 40; // of a thousand, for all types that are not modelled together

/** What terminals do. */
export interface ExchangeMix {
  readonly exchanges: readonly Exchange[];
  /** Index of what a terminal in a state does next. */
  choose(state: number): number;
  /** Notices of types that are not modelled. */
  readonly notices: readonly (() => WireForm)[];
}

/**
 * Prepare all exchanges that the catalog has types for: those of the tote's business, and random values for all others.
 *
 * Throws USAGE when there are none, and when a type of the tote lacks a field.
 */
export function exchangeMix(tote: Tote): ExchangeMix {
  const { catalog, random } = tote;
  const exchanges: Exchange[] = [];
  const modelled = new Set<string>(ownNotices);
  const weights: number[] = [];
  const add = (type: string, exchange: Exchange | null): number => {
    if (exchange === null) return -1;
    const found = catalog.typeNamed(type);
    modelled.add(type.toUpperCase());
    if (found?.pairsWith != null) modelled.add(found.pairsWith.toUpperCase());
    return exchanges.push(exchange) - 1;
  };
  // Without bets there is no tote: then all types are background.
  const isTote = catalog.typeNamed('T031') !== undefined && catalog.typeNamed('R031') !== undefined;
  const [start = -1, login = -1] = isTote ? firstShares.map(([type, make]) => add(type, make(tote))) : [];
  if (isTote) {
    for (const [type, share, make] of shares) {
      const index = add(type, make(tote));
      for (let part = 0; index >= 0 && part < share; part++) weights.push(index);
    }
  }
  const background: number[] = [];
  for (const type of catalog.types) {
    if (type.role !== 'request' || modelled.has(type.name.toUpperCase())) continue;
    const response = type.pairsWith === null ? null : (catalog.typeNamed(type.pairsWith) ?? null);
    const index = add(type.name, backgroundExchange(tote, type, response));
    if (index >= 0) background.push(index);
  }
  const noticeFrames = catalog.types.flatMap((type) => {
    if (type.role !== 'notice' || (isTote && modelled.has(type.name.toUpperCase()))) return [];
    return backgroundFrame(tote, type) ?? [];
  });
  if (exchanges.length === 0) {
    throw new OverpunchError('USAGE', `${catalog.protocol} has no request that generate can fill in`, {
      hint: 'a catalog needs types with role: request, and pairsWith for their responses',
    });
  }
  const threshold = background.length === 0 ? 0 : weights.length === 0 ? 1000 : backgroundShare;
  return {
    exchanges,
    notices: noticeFrames,
    choose(state) {
      if (state === closed && start >= 0) return start;
      if (state === opened && login >= 0) return login;
      if (threshold > 0 && random.below(1000) < threshold) return background[random.below(background.length)] as number;
      return weights[random.below(weights.length)] as number;
    },
  };
}
