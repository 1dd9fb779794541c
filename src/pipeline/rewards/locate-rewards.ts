import type { YamlPath } from '../../yaml/yaml-node.ts';
import type { RewardsSettings } from './rewards-settings.ts';

const files = ['campaigns', 'coupons', 'races', 'pointsOfSale'] as const;

/** Let the paths of the `rewards` part be found from the working folder. */
export function locateRewards(
  settings: RewardsSettings,
  locate: (path: string, at: YamlPath) => string,
): RewardsSettings {
  const found = files.flatMap((name) => {
    const path = settings[name];
    return path === undefined ? [] : [[name, locate(path, ['rewards', name])] as const];
  });
  return { ...settings, ...Object.fromEntries(found) };
}
