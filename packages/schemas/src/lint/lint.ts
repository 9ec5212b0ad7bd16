import { authorizationServerMetadataRules } from '../generated/rules/authorization-server-metadata.js';
import { openIDProviderMetadataRules } from '../generated/rules/openid-provider-metadata.js';
import { protectedResourceMetadataRules } from '../generated/rules/protected-resource-metadata.js';
import { lintArrays } from './array-rules.js';
import type { Finding } from './finding.js';
import { inspect, type Inspection } from './inspection.js';
import { lintMembers } from './member-rules.js';
import type { Subject } from './requirement.js';
import { lintServer } from './server-rules.js';
import { lintSignedMetadata } from './signed-metadata.js';
import { lintIdentity, lintUrls } from './url-rules.js';

export interface LintOptions {
  /**
   * The identifier the consumer started from: the issuer or the resource it asked for. Without it the identity rule,
   * on which everything else in the document rests, is not checked.
   */
  readonly expected?: string | undefined;
}

function lintDocument(look: Inspection, subject: Subject, { expected }: LintOptions): void {
  lintIdentity(look, subject, expected);
  lintUrls(look, subject);
  lintArrays(look, subject);
  lintMembers(look, subject);
  lintSignedMetadata(look, subject);
}

/**
 * Lists what the standards ask of an authorization server document beyond its parse level.
 *
 * *Checks* https, queries and fragments, identity when told what to expect, empty arrays, algorithms, closed and
 * registered values, defaults, members that need another one, language tags and `signed_metadata` as far as it shows
 * without a key. *Does not check* types: what does not parse is skipped here and reported by
 * `validateAuthorizationServerMetadata`; nor signatures, nor what the endpoints do. Never throws.
 *
 * @see RFC 8414 section 2
 * @example
 * ```ts
 * import { lintAuthorizationServerMetadata } from '@mcp-auth/schemas';
 *
 * const response = await fetch('https://auth.example.com/.well-known/oauth-authorization-server');
 * for (const finding of lintAuthorizationServerMetadata(await response.json())) console.log(finding);
 * ```
 */
export const lintAuthorizationServerMetadata = (
  document: unknown,
  options: LintOptions = {},
): readonly Finding[] =>
  inspect(document, (look) => {
    const subject = {
      kind: 'authorization_server',
      rules: authorizationServerMetadataRules(),
      identifier: 'issuer',
    } as const;
    lintDocument(look, subject, options);
    lintServer(look, subject);
  });

/**
 * Lists what the standards ask of an OpenID Provider document beyond its parse level.
 *
 * *Checks* the same as {@link lintAuthorizationServerMetadata}, with the rules of Discovery where they differ.
 * *Does not check* types, signatures, nor what the endpoints do. Never throws.
 *
 * @see OpenID Connect Discovery 1.0 section 3
 * @example
 * ```ts
 * import { lintOpenIDProviderMetadata } from '@mcp-auth/schemas';
 *
 * const response = await fetch('https://auth.example.com/.well-known/openid-configuration');
 * for (const finding of lintOpenIDProviderMetadata(await response.json())) console.log(finding);
 * ```
 */
export const lintOpenIDProviderMetadata = (
  document: unknown,
  options: LintOptions = {},
): readonly Finding[] =>
  inspect(document, (look) => {
    const subject = {
      kind: 'openid_provider',
      rules: openIDProviderMetadataRules(),
      identifier: 'issuer',
    } as const;
    lintDocument(look, subject, options);
    lintServer(look, subject);
  });

/**
 * Lists what RFC 9728 asks of a protected resource document beyond its parse level.
 *
 * *Checks* https, fragments, identity when told what to expect, empty arrays, algorithms, bearer methods, issuer
 * identifiers, language tags and `signed_metadata` as far as it shows without a key.
 * *Does not check* types, signatures, nor the authorization servers it names. Never throws.
 *
 * @see RFC 9728 section 2
 * @example
 * ```ts
 * import { lintProtectedResourceMetadata } from '@mcp-auth/schemas';
 *
 * const response = await fetch('https://api.example.com/.well-known/oauth-protected-resource/mcp');
 * for (const finding of lintProtectedResourceMetadata(await response.json())) console.log(finding);
 * ```
 */
export const lintProtectedResourceMetadata = (
  document: unknown,
  options: LintOptions = {},
): readonly Finding[] =>
  inspect(document, (look) => {
    const rules = protectedResourceMetadataRules();
    lintDocument(look, { kind: 'protected_resource', rules, identifier: 'resource' }, options);
  });
