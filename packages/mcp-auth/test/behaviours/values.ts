import { createLocalJWKSet, SignJWT } from 'jose';
import type { ResolvedAuthServerConfig } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { outcome, type Package, type World } from '../support/world.js';

const metadata = {
  issuer: 'https://auth.example.com',
  authorizationEndpoint: 'https://auth.example.com/authorize',
  tokenEndpoint: 'https://auth.example.com/token',
  responseTypesSupported: ['code'],
  codeChallengeMethodsSupported: ['S256'],
  registrationEndpoint: 'https://auth.example.com/register',
};

/** The verdict on a server, in codes. */
const judge = (change: object) => (world: World) => {
  const config = { type: 'oauth', metadata: { ...metadata, ...change } } as ResolvedAuthServerConfig;
  const result = world.pkg.validateServerConfig(config, true);
  const codes = (list: readonly { code: string }[] = []) => list.map(({ code }) => code).sort();
  return [
    result.isValid || false,
    codes('errors' in result ? result.errors : []),
    codes(result.warnings),
    codes(result.successes),
  ];
};

const all = [
  'authorization_code_grant_supported',
  'code_response_type_supported',
  'dynamic_registration_supported',
  'pkce_supported',
  's256_code_challenge_method_supported',
  'server_metadata_valid',
];
const without = (...codes: string[]) => all.filter((code) => !codes.includes(code));

const verify = (world: World, token: string, options?: Parameters<Package['createVerifyJwt']>[1]) =>
  world.pkg.createVerifyJwt(createLocalJWKSet(world.issuer.keySet), options)(token);

const invalidToken = 'MCPAuthTokenVerificationError invalid_token';

export const values: readonly Row[] = [
  same('a server without fault', judge({}), [true, [], [], all]),
  same('a server without dynamic registration', judge({ registrationEndpoint: undefined }), [
    true,
    [],
    ['dynamic_registration_not_supported'],
    without('dynamic_registration_supported'),
  ]),
  same('a server that names no PKCE method', judge({ codeChallengeMethodsSupported: undefined }), [
    false,
    ['pkce_not_supported'],
    [],
    without('pkce_supported', 's256_code_challenge_method_supported'),
  ]),
  same('a server with plain PKCE alone', judge({ codeChallengeMethodsSupported: ['plain'] }), [
    false,
    ['s256_code_challenge_method_not_supported'],
    [],
    without('s256_code_challenge_method_supported'),
  ]),
  same('a server with hybrid response types', judge({ responseTypesSupported: ['code id_token'] }), [
    true,
    [],
    [],
    all,
  ]),
  same(
    'a server without code',
    judge({ responseTypesSupported: ['token'], grantTypesSupported: ['implicit'] }),
    [
      false,
      ['authorization_code_grant_not_supported', 'code_response_type_not_supported'],
      [],
      without('authorization_code_grant_supported', 'code_response_type_supported'),
    ],
  ),
  same('a server with half its metadata', judge({ tokenEndpoint: undefined }), [
    false,
    ['invalid_server_metadata'],
    [],
    [],
  ]),
  changed(
    'how a verdict says no',
    'is-valid',
    ({ pkg }) => {
      const poor = { ...metadata, codeChallengeMethodsSupported: ['plain'] };
      return pkg.validateServerConfig({ type: 'oauth', metadata: poor }).isValid;
    },
    [undefined, false],
  ),
  same(
    'a verdict without successes',
    ({ pkg }) => Object.keys(pkg.validateServerConfig({ type: 'oauth', metadata })).sort(),
    ['isValid', 'warnings'],
  ),
  same(
    'createVerifyJwt with a good token',
    async (world) => {
      const { issuer, clientId, scopes, subject, audience } = await verify(
        world,
        await world.issuer.sign({ aud: 'a' }),
      );
      return [issuer === world.issuer.issuer, clientId, scopes, subject, audience];
    },
    [true, 'client-1', ['read', 'write'], 'user-1', 'a'],
  ),
  same(
    'createVerifyJwt with bad ones',
    async (world) => {
      const tokens = [
        await world.issuer.sign({}, { forged: true }),
        await world.issuer.sign({ sub: undefined }),
        await world.issuer.sign({ iss: '' }),
        await world.issuer.sign({ exp: 1 }),
        'no.jwt.at-all',
      ];
      return Promise.all(tokens.map((token) => outcome(() => verify(world, token))));
    },
    Array.from({ length: 5 }, () => invalidToken),
  ),
  same(
    'createVerifyJwt with options',
    async (world) => {
      const token = await world.issuer.sign({ aud: 'a' });
      return [
        await outcome(() => verify(world, token, { audience: 'a' })),
        await outcome(() => verify(world, token, { audience: 'b' })),
      ];
    },
    ['done', invalidToken],
  ),
  same(
    'createVerifyJwt with a shared secret',
    async ({ pkg }) => {
      const secret = new TextEncoder().encode('a secret of thirty-two characters');
      const token = await new SignJWT({ iss: 'i', sub: 's' })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(secret);
      return outcome(() => pkg.createVerifyJwt(async () => secret)(token));
    },
    'done',
  ),
  same(
    'the schemas: what passes, and what is left of it',
    ({ pkg }) => [
      pkg.camelCaseAuthorizationServerMetadataSchema.parse({ ...metadata, vendorMember: 1 }),
      pkg.protectedResourceMetadataSchema.parse({ resource: 'anything', vendor_member: 1 }),
      pkg.camelCaseProtectedResourceMetadataSchema.parse({
        resource: 'anything',
        dpopBoundAccessTokensRequired: true,
      }),
    ],
    [metadata, { resource: 'anything' }, { resource: 'anything', dpopBoundAccessTokensRequired: true }],
  ),
  same(
    'the schemas: what does not pass, and where',
    ({ pkg }) => {
      const result = pkg.authorizationServerMetadataSchema.safeParse({ issuer: 1, scopes_supported: 'read' });
      return result.error?.issues.map(({ path }) => path.join('.')).sort();
    },
    ['authorization_endpoint', 'issuer', 'response_types_supported', 'scopes_supported', 'token_endpoint'],
  ),
  same(
    'the members of the schemas',
    ({ pkg }) =>
      [
        pkg.authorizationServerMetadataSchema,
        pkg.camelCaseAuthorizationServerMetadataSchema,
        pkg.protectedResourceMetadataSchema,
        pkg.camelCaseProtectedResourceMetadataSchema,
      ].map(({ shape }) => Object.keys(shape).length),
    [23, 23, 15, 15],
  ),
  same(
    'defaults and paths',
    ({ pkg }) => [pkg.defaultValues, pkg.serverMetadataPaths, Object.isFrozen(pkg.defaultValues)],
    [
      {
        grantTypesSupported: ['authorization_code', 'implicit'],
        responseModesSupported: ['query', 'fragment'],
      },
      { oauth: '/.well-known/oauth-authorization-server', oidc: '/.well-known/openid-configuration' },
      true,
    ],
  ),
  same(
    'getIssuer',
    ({ pkg }) => [pkg.getIssuer({ issuer: 'a', type: 'oidc' }), pkg.getIssuer({ type: 'oidc', metadata })],
    ['a', metadata.issuer],
  ),
  same(
    'names and codes of errors, and whose children they are',
    ({ pkg }) =>
      [
        new pkg.MCPAuthError('a', 'b'),
        new pkg.MCPAuthConfigError('a', 'b'),
        new pkg.MCPAuthAuthServerError('missing_jwks_uri'),
        new pkg.MCPAuthBearerAuthError('invalid_issuer'),
        new pkg.MCPAuthTokenVerificationError('token_verification_failed'),
      ].map((error) => [error.name, error.code, error instanceof pkg.MCPAuthError, error instanceof Error]),
    [
      ['MCPAuthError', 'a', true, true],
      ['MCPAuthConfigError', 'a', true, true],
      ['MCPAuthAuthServerError', 'missing_jwks_uri', true, true],
      ['MCPAuthBearerAuthError', 'invalid_issuer', true, true],
      ['MCPAuthTokenVerificationError', 'token_verification_failed', true, true],
    ],
  ),
  same(
    'errors as JSON',
    ({ pkg }) => {
      const uri = new URL('https://docs.example.com/');
      const error = new pkg.MCPAuthBearerAuthError('missing_required_scopes', { missingScopes: ['a'], uri });
      const shown = { ...error.toJson(), errorDescription: undefined };
      const { cause } = new pkg.MCPAuthTokenVerificationError('invalid_token', 'why').toJson(true);
      return [shown, cause, new pkg.MCPAuthError('a', 'b').toJson(true)];
    },
    [
      {
        error: 'missing_required_scopes',
        errorDescription: undefined,
        errorUri: 'https://docs.example.com/',
        missingScopes: ['a'],
      },
      'why',
      { error: 'a', errorDescription: 'b' },
    ],
  ),
  changed(
    'the texts of errors',
    'texts',
    ({ pkg }) =>
      pkg.bearerAuthErrorDescription.invalid_issuer ===
      'The token issuer does not match the expected issuer.',
    [true, false],
  ),
  same(
    'a text for every code',
    ({ pkg }) =>
      [
        pkg.authServerErrorDescription,
        pkg.bearerAuthErrorDescription,
        pkg.tokenVerificationErrorDescription,
      ].map((texts) => Object.keys(texts).sort()),
    [
      ['invalid_server_config', 'invalid_server_metadata', 'missing_jwks_uri'],
      [
        'invalid_audience',
        'invalid_auth_header_format',
        'invalid_issuer',
        'invalid_token',
        'missing_auth_header',
        'missing_bearer_token',
        'missing_required_scopes',
      ],
      ['invalid_token', 'token_verification_failed'],
    ],
  ),
];
