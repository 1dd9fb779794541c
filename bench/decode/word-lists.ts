import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];

const surnames: Words = [
  'JEAN',
  'MARIE',
  'PIERRE',
  'SMITH',
  'JOHNSON',
  'DUPONT',
  'MARTIN',
  'BERNARD',
  'ANNE-MARIE',
  'LEROY',
  'MOREAU',
  "O'NEIL",
  'GARCIA',
  'VAN DER BERG',
  'LEFEBVRE',
  'ROUX',
  'FOURNIER',
  'GIRARD',
  'ANDRE',
  'MERCIER',
  'BLANC',
  'GUERIN',
  'MULLER',
  'HENRY',
];
const accented: Words = ['HÉLÈNE', 'FRANÇOIS', 'ANDRÉ'];
const streets: Words = [
  'RUE DE LA PAIX',
  'AVENUE FOCH',
  'BD VOLTAIRE',
  'PLACE BELLECOUR',
  'MAIN STREET',
  'CHURCH RD.',
  'HIGH ST.',
  "QUAI D'ORSAY",
  'ALLEE DES PINS',
  'OAK AVE',
];
const cities: Words = [
  'PARIS',
  'LYON',
  'MARSEILLE',
  'TOULOUSE',
  'NICE',
  'NANTES',
  'STRASBOURG',
  'BORDEAUX',
  'LILLE',
  'RENNES',
  'LE HAVRE',
  'SAINT-ETIENNE',
  'NEW YORK',
  'BOSTON',
];
const merchants: Words = ['CARREFOUR', 'AMAZON EU', 'SNCF', 'TOTAL', 'FNAC', 'UBER', 'MONOPRIX', 'SHELL 0421', 'IKEA'];
const accounts: Words = ['smith', 'j.doe', 'm_martin', 'jean1', 'acct.user', 'pdupont75'];

/** A name: one in a hundred with letters beyond ASCII, one in 500 in quotation marks. */
export function personName(random: Random): string {
  const rare = random.share();
  if (rare < 0.01) return `${random.pick(accented)} ${random.pick(surnames)}`;
  if (rare < 0.012) return `"${random.pick(surnames)}"`;
  return `${random.pick(surnames)} ${random.pick(surnames)}`;
}

/** A street with its number; one in twenty is not known. */
export function streetAddress(random: Random): string {
  return random.share() < 0.05 ? '' : `${random.whole(1, 250)} ${random.pick(streets)}`;
}

export function cityName(random: Random): string {
  return random.pick(cities);
}

export function merchantName(random: Random): string {
  return random.pick(merchants);
}

/** A surname alone, of ASCII letters. */
export function surname(random: Random): string {
  return random.pick(surnames);
}

/** The local part of an address; four in ten are empty. */
export function mailAccount(random: Random): string {
  return random.share() < 0.4 ? '' : `${random.pick(accounts)}${random.whole(1, 999)}`;
}

/** A telephone number; three in ten are empty. */
export function telephone(random: Random): string {
  return random.share() < 0.3 ? '' : `0${random.whole(100_000_000, 799_999_999)}`;
}

/** So many digits. */
export function digits(random: Random, count: number): string {
  return String(Math.floor(random.share() * 10 ** count)).padStart(count, '0');
}

/** A day as `2024-03-17`. */
export function isoDay(random: Random): string {
  return String(calendarDay(random)).replace(/^(....)(..)(..)$/, '$1-$2-$3');
}

/** A day as 20240317. */
export function calendarDay(random: Random): number {
  return random.whole(1980, 2025) * 10_000 + random.whole(1, 12) * 100 + random.whole(1, 28);
}
