/** A type of bet, and the layout that T031 has for it. */
export interface BetKind {
  /** Value of PARI-TYPE. */
  readonly code: string;
  /** The group that describes it. */
  readonly view: string;
  /** Start of the names of its fields. */
  readonly prefix: string;
  /** Horses of one combination; 0 for multi, which says it itself. */
  readonly places: number;
  /** All orders of arrival can be played. */
  readonly orders: boolean;
  /** The most bases that its layout holds. */
  readonly bases: number;
  /** Cents. */
  readonly unit: number;
  /** Fewest runners of the races it is played on. */
  readonly runners: number;
  /** How many of a thousand bets are of this type. */
  readonly share: number;
}

const layouts = {
  simple: { view: 'PARI-SIMPLE', prefix: 'SIMPLE', places: 1, orders: false, bases: 0 },
  couple: { view: 'PARI-COUPLE', prefix: 'COUPLE', places: 2, orders: false, bases: 1 },
  trio: { view: 'PARI-TRIO', prefix: 'TRIO', places: 3, orders: false, bases: 2 },
} as const;

/** The types of bets that are made, as their share of all bets is. */
export const betKinds: readonly BetKind[] = [
  { code: 'SG', ...layouts.simple, unit: 150, runners: 2, share: 240 },
  { code: 'SP', ...layouts.simple, unit: 150, runners: 4, share: 220 },
  { code: 'CG', ...layouts.couple, unit: 150, runners: 4, share: 95 },
  { code: 'CP', ...layouts.couple, unit: 150, runners: 8, share: 95 },
  { code: 'CO', ...layouts.couple, unit: 150, runners: 4, share: 25 },
  { code: 'TR', ...layouts.trio, unit: 150, runners: 8, share: 45 },
  { code: 'TO', ...layouts.trio, unit: 100, runners: 4, share: 15 },
  {
    code: 'D4',
    view: 'PARI-DEUXSURQUATRE',
    prefix: 'DEUXSURQUATRE',
    places: 2,
    orders: false,
    bases: 1,
    unit: 300,
    runners: 10,
    share: 85,
  },
  {
    code: 'TI',
    view: 'PARI-TIERCE',
    prefix: 'TIERCE',
    places: 3,
    orders: true,
    bases: 2,
    unit: 100,
    runners: 8,
    share: 35,
  },
  {
    code: 'QA',
    view: 'PARI-QUARTE',
    prefix: 'QUARTE',
    places: 4,
    orders: true,
    bases: 3,
    unit: 150,
    runners: 9,
    share: 45,
  },
  {
    code: 'QI',
    view: 'PARI-QUINTE',
    prefix: 'QUINTE',
    places: 5,
    orders: true,
    bases: 4,
    unit: 200,
    runners: 10,
    share: 75,
  },
  {
    code: 'MU',
    view: 'PARI-MULTI',
    prefix: 'MULTI',
    places: 0,
    orders: false,
    bases: 6,
    unit: 300,
    runners: 12,
    share: 25,
  },
];
