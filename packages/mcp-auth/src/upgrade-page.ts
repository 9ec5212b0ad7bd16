/** Where this package's documentation is; the page of the upgrade explains every difference to version 0.2. */
const upgradePage = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/upgrade/from-mcp-auth-0.2.md';

/** The sections of that page which messages of this package name. */
export const upgradeSections = [
  'audience',
  'audience-required',
  'clock',
  'expiry',
  'sender-constraint',
  'token-kind',
  'unknown-options',
  'verifier-claims',
] as const;

export type UpgradeSection = (typeof upgradeSections)[number];

/** The address of a section, for messages. */
export function linkTo(section: UpgradeSection): string {
  return `${upgradePage}#${section}`;
}
