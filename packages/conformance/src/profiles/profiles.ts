import { basicProfiles } from './basic-profiles.js';
import { browserProfiles } from './browser-profiles.js';
import { documentProfiles } from './document-profiles.js';
import { dpopProfiles } from './dpop-profiles.js';
import { introspectionProfiles } from './introspection-profiles.js';
import { keyProfiles } from './key-profiles.js';
import { limitProfiles } from './limit-profiles.js';
import { matrixProfiles } from './matrix-profiles.js';
import { scopeProfiles } from './scope-profiles.js';
import { sdkVerifierProfiles } from './sdk-verifier-profiles.js';
import { serverProfiles } from './server-profiles.js';
import { severalProfiles } from './several-profiles.js';
import { mutualTlsProfiles } from './mutual-tls-profiles.js';
import { stepUpProfiles } from './step-up-profiles.js';
import type { Profile } from './profile.js';

/** Keeps the names, and of the values that they are profiles: all that declarations need to say. */
const named = <Name extends string>(given: Readonly<Record<Name, Profile>>) => given;

/** The configurations that cases run against. */
export const profiles = named({
  ...basicProfiles,
  ...severalProfiles,
  ...serverProfiles,
  ...sdkVerifierProfiles,
  ...scopeProfiles,
  ...stepUpProfiles,
  ...mutualTlsProfiles,
  ...introspectionProfiles,
  ...documentProfiles,
  ...browserProfiles,
  ...limitProfiles,
  ...keyProfiles,
  ...dpopProfiles,
  ...matrixProfiles,
});

export type ProfileName = keyof typeof profiles;
