import { basicProfiles } from './basic-profiles.js';
import { browserProfiles } from './browser-profiles.js';
import { documentProfiles } from './document-profiles.js';
import { introspectionProfiles } from './introspection-profiles.js';
import { scopeProfiles } from './scope-profiles.js';
import { serverProfiles } from './server-profiles.js';
import { severalProfiles } from './several-profiles.js';
import type { Profile } from './profile.js';

const all = {
  ...basicProfiles,
  ...severalProfiles,
  ...serverProfiles,
  ...scopeProfiles,
  ...introspectionProfiles,
  ...documentProfiles,
  ...browserProfiles,
};

export type ProfileName = keyof typeof all;

/** The configurations that cases run against. */
export const profiles: Readonly<Record<ProfileName, Profile>> = all;
