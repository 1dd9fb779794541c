import type { SettingsKind } from '../settings/settings-file.ts';

/** What files of campaigns are, for people. */
export const campaignKind: SettingsKind = {
  name: 'file of campaigns',
  code: 'CAMPAIGN_SYNTAX',
  schemaCode: 'CAMPAIGN_SCHEMA',
  expected: 'a file of campaigns in YAML or JSON',
  most: 64,
  textHint: 'give the file with campaigns:, version:, timeZone: and list:',
};
