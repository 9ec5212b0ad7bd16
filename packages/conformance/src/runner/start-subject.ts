import type { MCPAuthEvent } from '@mcp-auth/core';
import type { Profile } from '../profiles/profile.js';
import { type ProfileName, profiles } from '../profiles/profiles.js';
import { readReport, type RemoteConformanceSubject } from '../remote-subject.js';
import type { ConformanceSubject, RunningSubject } from '../subject.js';
import { createLegacySetup, createSetup, type Hearing, type Observations } from './create-setup.js';
import { type Issuers, toPlaceholders } from './issuers.js';
import type { World } from './world.js';

export type AnySubject = ConformanceSubject | RemoteConformanceSubject;

/** An application that was started. */
export interface StartedSubject extends RunningSubject {
  /** Hands the time on to it, and what happened in it to the observations. */
  sync(): Promise<void>;
}

/** Starts the application that a profile describes. */
export async function startSubject(
  subject: AnySubject,
  name: ProfileName,
  issuers: Issuers,
  now: () => number,
  observations: Observations,
): Promise<StartedSubject> {
  const world = { issuers, placeholders: toPlaceholders(issuers) };
  const { emissions } = subject;
  const onEvent = (event: MCPAuthEvent) => {
    observations.events.push(event);
    emissions?.hear(event);
  };
  if ('startRemote' in subject) return startRemote(subject, name, world, now, observations, onEvent);
  const hearing = { onEvent, ...(emissions === undefined ? undefined : { log: emissions.logger }) };
  const running = await startLocal(subject, profiles[name], world, now, observations, hearing);
  return { ...running, sync: () => Promise.resolve() };
}

function startLocal(
  subject: ConformanceSubject,
  profile: Profile,
  world: World,
  now: () => number,
  observations: Observations,
  hearing: Hearing,
): Promise<RunningSubject> {
  const { legacy } = profile;
  if (legacy === undefined) return subject.start(createSetup(profile, world, now, observations, hearing));
  if (subject.startLegacy === undefined) throw new TypeError(`${subject.name} has no legacy mode`);
  return subject.startLegacy(createLegacySetup(profile, legacy, world, now, observations, hearing));
}

async function startRemote(
  subject: RemoteConformanceSubject,
  profile: ProfileName,
  world: World,
  now: () => number,
  observations: Observations,
  onEvent: (event: MCPAuthEvent) => void,
): Promise<StartedSubject> {
  const { emissions } = subject;
  const { primary, secondary, foreign } = world.issuers;
  const issuers = { primary: toFacts(primary), secondary: toFacts(secondary), foreign: toFacts(foreign) };
  const { placeholders } = world;
  const remote = await subject.startRemote({ profile, issuers, placeholders, nowMs: now() });
  return {
    origin: remote.origin,
    close: () => remote.close(),
    sync: async () => {
      const { handled, events, lines } = readReport(await remote.sync(now()));
      observations.handled += handled;
      events.forEach(onEvent);
      for (const line of lines) emissions?.read(line);
    },
  };
}

/** What is read through getters would be lost on the way. */
function toFacts({ identifier, type, soundKeys }: World['issuers']['primary']): World['issuers']['primary'] {
  return { identifier, type, soundKeys };
}
