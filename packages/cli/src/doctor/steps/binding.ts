import { Broken, Ended, type Trail } from '../trail.js';
import type { Walk } from '../walk-state.js';
import type { ReadToken } from './audience.js';
import { type Called, callServer } from './call.js';
import type { Challenge } from './challenge.js';
import type { FoundResource } from './resource-metadata.js';

/** What a server says about tokens that are bound to a key. A walk has no key, so it has none of them. */
export interface Binding {
  /** Where it says that it takes no others. */
  readonly only: string | undefined;
  /** Where it says that it takes such tokens, and perhaps others. */
  readonly too: string | undefined;
}

export function readBinding(challenge: Challenge, resource: FoundResource): Binding {
  const { requiresProofs, takesCertificates, url } = resource;
  const proofs = 'DPoP (RFC 9449)';
  return {
    only: challenge.isBound
      ? `The challenge offers ${proofs} and no Bearer.`
      : requiresProofs
        ? `${url.href} says dpop_bound_access_tokens_required: ${proofs}.`
        : undefined,
    too: takesCertificates
      ? `${url.href} says tls_client_certificate_bound_access_tokens: mutual TLS (RFC 8705).`
      : undefined,
  };
}

const unwalked = 'it takes a token that is bound to a key, and a walk has none';

/** Says what was found and ends the walk: nobody is to blame. */
export function leaveBound(trail: Trail, found: string): void {
  trail.note({ problem: 'bound-tokens', why: `${found} Not walked: call, step-up, refresh.` });
  for (const step of ['call', 'step-up', 'refresh'] as const) trail.skip(step, unwalked);
}

/** Calls; where the token or the server is about a key that is not here, a refusal shows nothing else. */
export async function callOrLeave(
  walk: Walk,
  token: string,
  { suspicion, boundTo }: ReadToken,
  { too }: Binding,
): Promise<Called> {
  try {
    return await callServer(walk, token, suspicion);
  } catch (error) {
    const found = boundTo === undefined ? too : `The token has cnf: it is bound to ${boundTo}.`;
    const isRefusal = error instanceof Broken && error.fault.problem === 'call-refused';
    if (!isRefusal || found === undefined) throw error;
    leaveBound(walk.trail, `${error.message} ${found}`);
    throw new Ended(unwalked);
  }
}
