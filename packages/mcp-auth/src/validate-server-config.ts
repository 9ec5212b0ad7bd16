/* eslint-disable @typescript-eslint/consistent-type-definitions -- aliases fit index signatures, as they did in 0.2 */
import type { ResolvedAuthServerConfig } from './config.js';
import {
  camelCaseAuthorizationServerMetadataSchema,
  defaultValues,
} from './schemas/authorization-server-metadata.js';

/** What speaks for an authorization server. */
export type AuthServerSuccessCode =
  | 'server_metadata_valid'
  | 'dynamic_registration_supported'
  | 'pkce_supported'
  | 's256_code_challenge_method_supported'
  | 'authorization_code_grant_supported'
  | 'code_response_type_supported';

/** What keeps MCP clients from using an authorization server. */
export type AuthServerConfigErrorCode =
  | 'invalid_server_metadata'
  | 'code_response_type_not_supported'
  | 'authorization_code_grant_not_supported'
  | 'pkce_not_supported'
  | 's256_code_challenge_method_not_supported';

/** What makes an authorization server harder to use for MCP clients. */
export type AuthServerConfigWarningCode = 'dynamic_registration_not_supported';

type AuthServerSuccess = { code: AuthServerSuccessCode; description: string };

/** A reason why MCP clients cannot use an authorization server. */
export type AuthServerConfigError = { code: AuthServerConfigErrorCode; description: string; cause?: Error };

/** A reason why some MCP clients cannot use an authorization server. */
export type AuthServerConfigWarning = { code: AuthServerConfigWarningCode; description: string };

type Validation =
  | { isValid: true; warnings: AuthServerConfigWarning[] }
  | { isValid: false; errors: AuthServerConfigError[]; warnings: AuthServerConfigWarning[] };

type ValidateServerConfig = {
  (config: Readonly<ResolvedAuthServerConfig>): Validation;
  (
    config: Readonly<ResolvedAuthServerConfig>,
    verbose: true,
  ): Validation & { successes: AuthServerSuccess[] };
};

const descriptions: Readonly<
  Record<AuthServerSuccessCode | AuthServerConfigErrorCode | AuthServerConfigWarningCode, string>
> = {
  server_metadata_valid: 'The metadata has all that is required, in the right types.',
  dynamic_registration_supported: 'Clients can register themselves (RFC 7591).',
  pkce_supported: 'PKCE is supported (RFC 7636).',
  s256_code_challenge_method_supported: 'PKCE is supported with S256.',
  authorization_code_grant_supported: 'The authorization code grant is supported.',
  code_response_type_supported: 'The response type "code" is supported.',
  invalid_server_metadata: 'The metadata lacks something that is required, or has it in a wrong type.',
  code_response_type_not_supported: 'No supported response type includes "code".',
  authorization_code_grant_not_supported: 'The authorization code grant is not supported.',
  pkce_not_supported:
    'The metadata names no code challenge method, so clients must take PKCE for unsupported.',
  s256_code_challenge_method_not_supported: 'PKCE is supported, but not with S256.',
  dynamic_registration_not_supported: 'Clients cannot register themselves (RFC 7591); register each by hand.',
};

/**
 * Whether MCP clients can use an authorization server, by its metadata.
 *
 * Checks: members and types, response type `code`, the authorization code grant, PKCE with S256, and dynamic registration as
 * a warning. Does not check: whether the server is what it says. `MCPAuth` does not call this: a resource server can verify
 * tokens of a server that some clients cannot use, and says so with a warning.
 *
 * @param verbose - also collects what speaks for the server, as `successes`
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import { fetchServerConfig, validateServerConfig } from 'mcp-auth';
 *
 * const server = await fetchServerConfig('https://auth.example.com', { type: 'oidc' });
 * const { isValid, warnings } = validateServerConfig(server);
 * ```
 */
export const validateServerConfig: ValidateServerConfig = (
  { metadata }: Readonly<ResolvedAuthServerConfig>,
  verbose = false,
) => {
  const parsed = camelCaseAuthorizationServerMetadataSchema.safeParse(metadata);
  const [errors, warnings, successes] = parsed.success
    ? judge(parsed.data)
    : [[{ code: 'invalid_server_metadata', cause: parsed.error } as const], [], []];
  const said = {
    ...(errors.length === 0
      ? { isValid: true as const }
      : { isValid: false as const, errors: errors.map((error) => ({ ...error, ...describe(error.code) })) }),
    warnings: warnings.map(describe),
  };
  return (verbose ? { ...said, successes: successes.map(describe) } : said) as
    // The overloads say which of the two it is
    Validation & { successes: AuthServerSuccess[] };
};

type Judgement = readonly [
  readonly { readonly code: AuthServerConfigErrorCode; readonly cause?: Error }[],
  readonly AuthServerConfigWarningCode[],
  readonly AuthServerSuccessCode[],
];

function judge(metadata: ResolvedAuthServerConfig['metadata']): Judgement {
  const { responseTypesSupported, codeChallengeMethodsSupported, registrationEndpoint } = metadata;
  const grants = metadata.grantTypesSupported ?? defaultValues.grantTypesSupported ?? [];
  const hasCode = responseTypesSupported.some((type) => type.split(' ').includes('code'));
  const hasGrant = grants.includes('authorization_code');
  const hasPkce = codeChallengeMethodsSupported !== undefined;
  const hasS256 = codeChallengeMethodsSupported?.includes('S256') === true;
  const errors = [
    ...(hasCode ? [] : ['code_response_type_not_supported' as const]),
    ...(hasGrant ? [] : ['authorization_code_grant_not_supported' as const]),
    ...(hasPkce ? [] : ['pkce_not_supported' as const]),
    ...(hasPkce && !hasS256 ? ['s256_code_challenge_method_not_supported' as const] : []),
  ];
  const registers = registrationEndpoint !== undefined && registrationEndpoint !== '';
  const successes = [
    'server_metadata_valid' as const,
    ...(hasCode ? ['code_response_type_supported' as const] : []),
    ...(hasGrant ? ['authorization_code_grant_supported' as const] : []),
    ...(hasPkce ? ['pkce_supported' as const] : []),
    ...(hasS256 ? ['s256_code_challenge_method_supported' as const] : []),
    ...(registers ? ['dynamic_registration_supported' as const] : []),
  ];
  return [
    errors.map((code) => ({ code })),
    registers ? [] : ['dynamic_registration_not_supported'],
    successes,
  ];
}

function describe<Code extends keyof typeof descriptions>(code: Code): { code: Code; description: string } {
  return { code, description: descriptions[code] };
}
