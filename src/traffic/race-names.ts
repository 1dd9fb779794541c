/** A racecourse: its name, its code, and what is run there. */
export interface Racecourse {
  readonly name: string;
  readonly code: string;
  /** P flat, A harness, M mounted, O jumps. */
  readonly disciplines: readonly [string, ...string[]];
}

/** Where meetings are held. */
export const racecourses: readonly [Racecourse, ...Racecourse[]] = [
  { name: 'PARIS-VINCENNES', code: 'VIN', disciplines: ['A', 'M'] },
  { name: 'PARISLONGCHAMP', code: 'LON', disciplines: ['P'] },
  { name: 'AUTEUIL', code: 'AUT', disciplines: ['O'] },
  { name: 'CHANTILLY', code: 'CHA', disciplines: ['P'] },
  { name: 'DEAUVILLE', code: 'DEA', disciplines: ['P'] },
  { name: 'SAINT-CLOUD', code: 'STC', disciplines: ['P'] },
  { name: 'ENGHIEN', code: 'ENG', disciplines: ['A', 'O'] },
  { name: 'CAGNES-SUR-MER', code: 'CAG', disciplines: ['P', 'A'] },
  { name: 'LYON-PARILLY', code: 'LYP', disciplines: ['P', 'A'] },
  { name: 'BORDEAUX LE BOUSCAT', code: 'BOR', disciplines: ['P', 'A', 'O'] },
  { name: 'TOULOUSE', code: 'TOU', disciplines: ['P', 'A'] },
  { name: 'MAURE-DE-BRETAGNE', code: 'MAU', disciplines: ['A', 'M'] },
  { name: 'CHÂTEAUBRIANT', code: 'CHT', disciplines: ['A'] },
  { name: 'LE CROISÉ-LAROCHE', code: 'CRL', disciplines: ['P', 'A'] },
  { name: 'PAU', code: 'PAU', disciplines: ['O', 'P'] },
];

/** Names of races. */
export const racePrizes: readonly [string, ...string[]] = [
  "PRIX D'AMÉRIQUE",
  'PRIX DE LA FORÊT',
  'PRIX DU CHÂTEAU',
  'PRIX DES TUILERIES',
  'PRIX DE BELLERIVE',
  'PRIX DE NEVERS',
  'GRAND NATIONAL DU TROT',
  'PRIX DE LA MÉDITERRANÉE',
  'PRIX DU BOIS',
  'PRIX DE CRÊVECOEUR',
  'PRIX DES LILAS',
  "PRIX DE L'ÉTÉ",
  'PRIX DU PONT-NEUF',
  'PRIX DE LA MARNE',
  'PRIX DE FONTAINEBLEAU',
  'PRIX DES GRAVILLIERS',
];

const firstNames = [
  'BEL',
  'ÉCLAT',
  'FLEUR',
  'GALOP',
  'HÉROS',
  'ROI',
  'IDÉAL',
  'JOLI',
  'KARMA',
  'LUTIN',
  'MAÏA',
  'NOBLE',
];
const lastNames = ["D'OR", 'DU LOIR', 'DES PRÉS', 'DE MAI', "D'ÉTÉ", 'DU VAL', 'BLEU', 'DE FEU', "D'AVRIL", 'DU NORD'];

/** Names of horses. */
export const horseNames: readonly string[] = firstNames.flatMap((first) => lastNames.map((last) => `${first} ${last}`));
