import { MCPAuthConfigError } from '../errors/config-error.js';
import type { Revocation } from '../streams/revocation-list.js';
import { checkOptions, object } from './check-options.js';
import { text } from './kinds.js';

interface OfIssuer {
  /** `iss` of the tokens, or the identifier of the authorization server for all that it vouches for. */
  readonly issuer: string;
}

/**
 * Which tokens are revoked: those of one subject, of one client, or one token.
 *
 * @see RFC 7519 §4.1
 * @example
 * ```ts
 * import type { RevocationTarget } from '@mcp-auth/core';
 *
 * export const target: RevocationTarget = { issuer: 'https://auth.example.com', subject: 'user-1' };
 * ```
 */
export type RevocationTarget = OfIssuer &
  (
    | {
        /** `sub`. */
        readonly subject: string;
        readonly client?: never;
        readonly tokenId?: never;
      }
    | {
        /** The client identifier. */
        readonly client: string;
        readonly subject?: never;
        readonly tokenId?: never;
      }
    | {
        /** `jti`, or the `tokenId` that events show. */
        readonly tokenId: string;
        readonly subject?: never;
        readonly client?: never;
      }
  );

/** What a revocation did. */
export interface RevocationResult {
  /** How many open streams of this process it ended. Those of tools that are left to finish are not counted. */
  readonly streams: number;
  /**
   * Only with `stores.revocations`: whether the other processes hear of it now. False: the store did not answer; this process tells them
   * as soon as it does.
   */
  readonly isShared?: boolean;
}

const revocationTarget = object<RevocationTarget>(
  {
    issuer: { ...text, required: true },
    subject: text,
    client: text,
    tokenId: text,
  },
  {
    elsewhere: {
      iss: 'Write issuer.',
      sub: 'Write subject.',
      user: 'Write subject.',
      userId: 'Write subject.',
      client_id: 'Write client.',
      azp: 'Write client.',
      jti: 'Write tokenId.',
    },
  },
);

/**
 * What a revocation is about.
 *
 * @param issuers - those of the configuration
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 */
export function readRevocationTarget(
  target: RevocationTarget,
  issuers: ReadonlySet<string>,
): Pick<Revocation, 'issuer' | 'by' | 'value'> {
  checkOptions(target, revocationTarget, '');
  const { issuer } = target;
  if (!issuers.has(issuer)) {
    const known = [...issuers].map((name) => JSON.stringify(name));
    throw new MCPAuthConfigError(
      'invalid_option',
      'issuer',
      `is none whose tokens are accepted here. Configured: ${known.join(', ')}.`,
    );
  }
  const named = (['subject', 'client', 'tokenId'] as const).filter((name) => target[name] !== undefined);
  const [by] = named;
  const value = by && target[by];
  if (by === undefined || value === undefined || named.length > 1) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'options',
      'must name one of subject, client and tokenId, and no more. To revoke several, call it for each.',
    );
  }
  return { issuer, by, value };
}
