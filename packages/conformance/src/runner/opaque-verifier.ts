import {
  type AnyVerifyAccessToken,
  MCPAuthAuthServerError,
  MCPAuthTokenVerificationError,
  type SdkTokenInfo,
  type TokenInfo,
} from '@mcp-auth/core';
import { fillObject } from '../issuer/placeholders.js';
import type { OpaqueToken } from '../profiles/profile.js';
import type { World } from './world.js';

/** A custom verifier that knows the opaque tokens of a profile. */
export function createOpaqueVerifier(
  tokens: Readonly<Record<string, OpaqueToken>>,
  { issuers, placeholders }: World,
  now: () => number,
): AnyVerifyAccessToken {
  return async (token) => {
    const known = tokens[token] ?? { throws: 'refusal' };
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what an application must not do, and can
    if ('value' in known || ('throws' in known && known.throws === 'value')) throw known.value;
    if ('members' in known) throw Object.assign(new Error('A bug of the application'), known.members);
    if ('throws' in known) throw toError(known.throws);
    await Promise.resolve();
    if ('reports' in known) {
      // A profile may say anything: whether it is a report is for the library to find out
      return fillObject(known.reports, placeholders, Math.floor(now() / 1000)) as unknown as SdkTokenInfo;
    }
    const { issuer, audience, scopes, subject, expiresIn } = known;
    const info: TokenInfo = {
      issuer: issuers[issuer].identifier,
      clientId: 'client-1',
      audience,
      scopes,
      subject,
      expiresAt: expiresIn === undefined ? undefined : Math.floor(now() / 1000) + expiresIn,
    };
    return info;
  };
}

function toError(kind: 'refusal' | 'oauth-error' | 'outage' | 'bug'): Error {
  switch (kind) {
    case 'refusal':
      return new MCPAuthTokenVerificationError('rejected_by_verifier');
    case 'oauth-error':
      return Object.assign(new Error('Invalid "token"\r\nX-Injected: 1'), { code: 'invalid_token' });
    case 'outage':
      return new MCPAuthAuthServerError('request_failed', 'The token store cannot be reached');
    case 'bug':
      return new TypeError('undefined is not a function');
  }
}
