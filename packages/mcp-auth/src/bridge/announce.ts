import { EventSink } from '@mcp-auth/core/adapter';
import type { EventListener, MCPAuthEvent } from '@mcp-auth/core';
import { linkTo, type UpgradeSection } from '../upgrade-page.js';

type Denial = Extract<MCPAuthEvent, { outcome: 'deny' }>;

/** What to do about a refusal that version 0.2 would not have made: the section of the upgrade page, and the way to go on. */
const changes: Readonly<Partial<Record<Denial['code'], readonly [section: UpgradeSection, way: string]>>> = {
  missing_audience: [
    'audience',
    'tokens need an aud. If your provider cannot set one: dangerouslyAcceptAnyAudience on that authorization server.',
  ],
  wrong_audience: [
    'audience',
    'tokens must be made for the resource. If your provider writes something else into aud: name it as audience.',
  ],
  missing_claim: [
    'expiry',
    'tokens need an exp, and your own verifier must return expiresAt, unless the route has lifetimeWithoutExpirySeconds.',
  ],
  unsupported_type: ['token-kind', 'the typ of the token is that of another kind. Send access tokens.'],
  not_an_access_token: ['token-kind', 'the token is an ID or logout token. Send access tokens.'],
  sender_constrained: [
    'sender-constraint',
    'the token is bound to a key, and nothing here checks who holds it. Have the provider issue bearer tokens.',
  ],
  issued_in_future: ['clock', 'the iat of the token is in the future. Raise jwtVerify.clockTolerance.'],
  inactive_token: [
    'verifier-claims',
    'the claims that your own verifier returned say that it is not active.',
  ],
};

/** Says once, where it is said for the first time, that a refusal is new since version 0.2 and how to go on. */
export function announceChanges(listener?: EventListener): EventListener {
  const said = new Set<string>();
  return (event) => {
    try {
      return listener?.(event);
    } finally {
      const change =
        event.type === 'decision' && event.outcome === 'deny' && !isOld(event)
          ? changes[event.code]
          : undefined;
      if (change !== undefined && !said.has(change[0])) {
        said.add(change[0]);
        announce(change[0], change[1], listener);
      }
    }
  };
}

/** Says once that claims name another issuer than the answer they came with. */
export function announceContradiction(): () => void {
  let said = false;
  return () => {
    if (said) return;
    said = true;
    announce('verifier-claims', 'claims.iss of your own verifier names another issuer than its answer.');
  };
}

function announce(section: UpgradeSection, way: string, listener?: EventListener): void {
  warn(`A token was refused that version 0.2 may have taken: ${way} See ${linkTo(section)}`, listener);
}

/** Tells the developer of something that works but should be looked at. A listener that fails does not concern the caller. */
export function warn(message: string, listener?: EventListener): void {
  new EventSink({ onEvent: listener }).warn(message);
}

/** Version 0.2 refused tokens without `sub`, and without what a route requires. */
function isOld({ code, claim }: Denial): boolean {
  return code === 'missing_claim' && claim !== 'exp';
}
