import { type AuthServerOptions, tokenRules } from '../config/authorization-server.js';
import { checkOptions, list, object } from '../config/check-options.js';
import { flag, kind, maxTokenBytes, text } from '../config/kinds.js';
import { type DpopOptions, dpopOptions, resolveDpop, type ResolvedDpop } from '../config/proofs.js';
import { authenticationNeed, scopeList } from '../config/operation-policy.js';
import { scopeHierarchy } from '../config/protected-resource.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { type ParsedKeySet, parseKeySet } from '../keys/parse-key-set.js';
import {
  jwtVerifyHints,
  jwtVerifyOptions,
  type JwtVerifyOptions,
  resolveJwtRules,
} from '../config/jwt-verify-options.js';
import type { JwtRules } from '../verifier/jwt-verifier.js';
import {
  type AcceptedAudiences,
  createAcceptedAudiences,
  EndingAudiences,
  splitAudiences,
} from '../token/audience.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import { ScopeChecks } from '../scopes/scope-names.js';
import type { ScopeCheck, ScopeHierarchy } from '../scopes/scopes.js';
import { checkResourceIdentifier } from '../resource/resource-identifier.js';
import type { ConfirmationMethod } from '../token/confirmation.js';
import type { TrustedIssuer } from '../verifier/trusted-issuer.js';
import {
  type ExplainedRequest,
  explainedRequest,
  readRequest,
  type SentRequest,
} from './explained-request.js';

/** An authorization server that the resource trusts. */
export interface ExplainedServer extends Pick<
  AuthServerOptions,
  'tokenIssuers' | 'audiences' | 'policy' | 'scopeClaims'
> {
  readonly issuer: string;
  /** Its published key set (RFC 7517 §5). Without one the signature cannot be checked. */
  readonly jwks?: unknown;
}

/** The resource that a token was sent to, as far as tokens are concerned. */
export interface ExplainOptions {
  readonly resource: string;
  readonly authorizationServers: readonly ExplainedServer[];
  readonly requiredScopes?: readonly string[] | undefined;
  /** How users must have logged in, as on the route. Default: none. */
  readonly requiredAuthentication?: AuthenticationNeed | undefined;
  /** How the resource takes tokens that are bound to a key, as there; the mode is that of the route. Default: it takes none. */
  readonly dpop?: DpopOptions | undefined;
  /** Whether the resource takes tokens that are bound to a client certificate. Default: false. */
  readonly mutualTls?: boolean | undefined;
  /** What the token came with. Default: that is not known, and whether a bound token comes from whoever it is bound to is not told. */
  readonly request?: ExplainedRequest | undefined;
  readonly jwtVerify?: JwtVerifyOptions | undefined;
  readonly scopeHierarchy?: ScopeHierarchy | undefined;
  /** Longest token that is looked at, in bytes, as on the route. Default: 16384 (16 KiB). */
  readonly maxTokenBytes?: number | undefined;
}

const explainedServer = object<ExplainedServer>(
  {
    issuer: { ...text, required: true },
    jwks: kind('a JWK Set', () => true),
    ...tokenRules,
  },
  { renamed: { scopes: 'scopeClaims' } },
);

const explainOptions = object<ExplainOptions>(
  {
    resource: kind('the identifier of the resource', () => true),
    authorizationServers: { ...list(explainedServer), required: true },
    requiredScopes: scopeList,
    requiredAuthentication: authenticationNeed,
    dpop: dpopOptions,
    mutualTls: flag,
    request: explainedRequest,
    jwtVerify: object<JwtVerifyOptions>(jwtVerifyOptions, jwtVerifyHints),
    scopeHierarchy,
    maxTokenBytes,
  },
  { renamed: { implies: 'scopeHierarchy' } },
);

/** What is known about the issuer of a token. */
export interface ExplainedIssuer extends TrustedIssuer {
  readonly keySet: ParsedKeySet | undefined;
  readonly accepted: AcceptedAudiences;
  readonly scopeCheck: ScopeCheck;
}

export interface ExplainRules {
  readonly resource: string;
  readonly jwt: JwtRules;
  /** By the value a token may carry as `iss`. */
  readonly issuers: ReadonlyMap<string, ExplainedIssuer>;
  readonly requiredScopes: readonly string[];
  readonly requiredAuthentication: AuthenticationNeed | undefined;
  readonly dpop: ResolvedDpop | undefined;
  /** Absent where it is not known. */
  readonly request: SentRequest | undefined;
}

/** @throws {MCPAuthConfigError} with the path of the wrong option */
export function resolveExplainRules(options: ExplainOptions): ExplainRules {
  checkOptions(options, explainOptions, '');
  // Nothing is sent anywhere here, so a resource in a private network needs no permission
  checkResourceIdentifier(options.resource, 'resource', true);
  const { resource, dpop, mutualTls = false, request } = options;
  const methods: readonly ConfirmationMethod[] = [
    ...(dpop === undefined ? [] : (['jkt'] as const)),
    ...(mutualTls ? (['x5t#S256'] as const) : []),
  ];
  return {
    resource,
    jwt: resolveJwtRules(options.jwtVerify, Date.now, options.maxTokenBytes, new Set(methods)),
    dpop: dpop && resolveDpop(dpop),
    request: request && readRequest(request, resource),
    issuers: new Map(
      options.authorizationServers.flatMap((server, index) => {
        const issuer = readServer(server, options, `authorizationServers[${index}]`);
        return (server.tokenIssuers ?? [server.issuer]).map((name) => [name, issuer] as const);
      }),
    ),
    requiredScopes: options.requiredScopes ?? [],
    requiredAuthentication: options.requiredAuthentication,
  };
}

const ignore = () => undefined;

function readServer(
  server: ExplainedServer,
  { resource, scopeHierarchy: hierarchy }: ExplainOptions,
  path: string,
): ExplainedIssuer {
  const { issuer, policy, scopeClaims, jwks } = server;
  const { lasting = [resource], ending } = splitAudiences(server.audiences);
  return {
    authorizationServer: issuer,
    resource,
    policy,
    scopeClaims,
    report: () => undefined,
    keySet: jwks === undefined ? undefined : readKeys(jwks, `${path}.jwks`),
    accepted: {
      values: createAcceptedAudiences(lasting),
      ending: new EndingAudiences(ending, Date.now, ignore, ignore),
      mayBeAbsent: policy?.audienceMayBeAbsent ?? false,
    },
    scopeCheck: new ScopeChecks(hierarchy, 'scopeHierarchy', [{ tokenIssuers: [issuer], policy, path }])
      .first,
  };
}

function readKeys(jwks: unknown, path: string): ParsedKeySet {
  try {
    // Of any size: whoever asks has it already
    return parseKeySet(jwks, 'The key set', Infinity);
  } catch (cause) {
    const problem = 'must be a JWK Set with at least one usable public key: { "keys": [ … ] } (RFC 7517 §5).';
    throw new MCPAuthConfigError('invalid_keys', path, problem, { cause });
  }
}
