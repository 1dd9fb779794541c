import { WorkloadRandom } from './workload-random.ts';

/** What campaigns and bets are made of. */
export const dimensions = {
  types: 20,
  racecourses: 250,
  terminals: 13_000,
  lowestStake: 100,
  highestStake: 5000,
} as const;

export const typeName = (number: number): string => `T${String(number).padStart(2, '0')}`;
export const racecourseName = (number: number): string => `COURSE ${number}`;
export const terminalName = (number: number): string => String(number).padStart(5, '0');

const usualCampaigns = 10_000;
const stakePart = 0.6; // of the stakes that a campaign takes, on the average
const listPart = 0.3; // of the campaigns that have a list of terminals
const longestList = 5000;
const longestCondition = 40; // racecourses
const conditionPart = 0.05; // of the campaigns that have nothing but a condition

/**
 * Write a file of campaigns, of which a bet meets so many on the average: YAML, a campaign a line.
 *
 * Campaigns ask for types, racecourses, overlapping stakes and, three of ten, lists of 1 to 5,000 terminals; one of twenty says all of it in CEL. They have
 * limits of every kind and budgets, and half of them give to every Nth bet only.
 */
export function campaignFile(campaigns: number, matches: number): string {
  const random = new WorkloadRandom(17);
  const wanted = matches / campaigns;
  const scale = Math.ceil(usualCampaigns / campaigns); // so that as many bets are refused
  const list = Array.from({ length: campaigns }, (_none, index) => campaignOf(index, wanted, scale, random));
  const head = 'campaigns: bench\nversion: 1\ntimeZone: Europe/Paris\ndecideWithin: 1m\nlist:\n';
  return head + list.map((campaign) => `  - ${JSON.stringify(campaign)}\n`).join('');
}

function campaignOf(index: number, wanted: number, scale: number, random: WorkloadRandom): object {
  const from = dimensions.lowestStake + random.below(2000);
  const stake = { from, to: from + 2500 + random.below(1000) };
  const isCondition = random.fraction() < conditionPart;
  const hasList = !isCondition && random.fraction() < listPart;
  const terminals = hasList ? Math.floor(longestList ** random.fraction()) : dimensions.terminals;
  const part = Math.min(1, wanted / (stakePart * (terminals / dimensions.terminals)));
  const types = Math.max(1, Math.round(Math.sqrt(part) * dimensions.types));
  const wantedCourses = (part / (types / dimensions.types)) * dimensions.racecourses;
  const racecourses = Math.max(1, Math.floor(wantedCourses + random.fraction()));
  const typeList = random.choose(types, dimensions.types).map(typeName);
  const courseList = random.choose(racecourses, dimensions.racecourses).map(racecourseName);
  const terms = {
    id: `campaign-${index}`,
    priority: random.below(5),
    limits: { total: 400 * scale, day: 300 * scale, terminal: 5 * scale, race: 60 * scale },
    budget: 100_000 * scale,
    pool: `pool-${index % 100}`,
    ...(index % 2 === 0 ? { every: 2 + random.below(10) } : {}),
  };
  if (isCondition) {
    const quoted = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(', ');
    const asked = `bet.stake >= ${stake.from} && bet.stake <= ${stake.to}`;
    const courses = courseList.length > longestCondition ? '' : ` && bet.racecourse in [${quoted(courseList)}]`;
    return { ...terms, when: `${asked} && bet.type in [${quoted(typeList)}]${courses}` };
  }
  return {
    ...terms,
    types: typeList,
    ...(courseList.length < dimensions.racecourses ? { racecourses: courseList } : {}),
    stake,
    ...(hasList ? { include: random.choose(terminals, dimensions.terminals).map(terminalName) } : {}),
  };
}
