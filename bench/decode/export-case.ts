import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecodeCase } from './decode-case.ts';
import type { Random } from './random.ts';
import { cityName, digits, isoDay, merchantName, personName, streetAddress, surname } from './word-lists.ts';

const copybookPath = 'real/carddemo/CVEXPORT.cpy';
const views: readonly [string, string][] = [
  ['C', 'EXPORT-CUSTOMER-DATA'],
  ['A', 'EXPORT-ACCOUNT-DATA'],
  ['T', 'EXPORT-TRANSACTION-DATA'],
  ['X', 'EXPORT-CARD-XREF-DATA'],
  ['D', 'EXPORT-CARD-DATA'],
];

/** The multi-record export of CardDemo; without its copybook the reason. */
export function cardExport(): DecodeCase | string {
  const folder = process.env['OVERPUNCH_ORACLES'];
  if (!folder) return `OVERPUNCH_ORACLES is not set, where ${copybookPath} would be`;
  const file = join(folder, copybookPath);
  if (!existsSync(file)) return `OVERPUNCH_ORACLES has no ${copybookPath}`;
  let view = views[0];
  return {
    title: 'the export records of CardDemo: 500 bytes, five views chosen by a type',
    copybook: readFileSync(file, 'utf8'),
    options: { view: views.map(([type, name]) => `EXPORT-REC-TYPE:${type}=${name}`) },
    contents: {
      text({ name, length }, random) {
        if (name === 'EXPORT-REC-TYPE') {
          view = views[random.whole(0, views.length - 1)] ?? views[0];
          return view?.[0] ?? '';
        }
        return exportText(name ?? '', length, random);
      },
      view: (all) => all.find(({ name }) => name === view?.[1]) ?? (all[0] as (typeof all)[number]),
    },
    floor: 0.9,
    goal: 1.3,
  };
}

/** Text as its name says it is. */
function exportText(name: string, length: number, random: Random): string {
  if (name === '') return '';
  if (/TIMESTAMP|-TS$/.test(name)) return `${isoDay(random)} ${random.whole(10, 23)}:00:00.000000`;
  if (/DATE|DOB/.test(name)) return isoDay(random);
  if (/MERCHANT-NAME|TRAN-DESC/.test(name)) return merchantName(random);
  if (/EMBOSSED/.test(name)) return personName(random);
  if (/-NAME$/.test(name)) return surname(random);
  if (/ADDR-LINE$/.test(name)) return streetAddress(random);
  if (/CITY|SOURCE/.test(name)) return cityName(random);
  if (/PHONE/.test(name)) return `(${digits(random, 3)})${digits(random, 3)}-${digits(random, 4)}`;
  if (/STATE|COUNTRY|REGION/.test(name)) return random.pick(['NY', 'CA', 'TX', 'IL']);
  if (length === 1) return random.pick(['Y', 'N']);
  return digits(random, Math.min(length, 15));
}
