import { defineCases, type CaseDraft } from '../define-cases.js';
import { isRecord, readObject, show, type BlackBoxResponse, type JsonRecord } from '../exchange.js';
import type { Probe } from '../probe.js';
import { check, passed, skipped, type Verdict } from '../verdict.js';

interface Published {
  /** As the resource names it. */
  readonly issuer: string;
  readonly oauth: JsonRecord | undefined;
  readonly oidc: JsonRecord | undefined;
  readonly oidcAnswer: BlackBoxResponse | undefined;
}

/** RFC 8414 §3.1, OpenID Connect Discovery §4.1. */
function placesOf(issuer: string): readonly [oauth: readonly string[], oidc: readonly string[]] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname === '/' ? '' : pathname.replace(/\/$/, '');
  return [
    [`${origin}/.well-known/oauth-authorization-server${path}`],
    [
      `${origin}/.well-known/openid-configuration${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ],
  ];
}

async function read(probe: Probe, urls: readonly string[]) {
  for (const url of urls) {
    // The door may be closed to that address: then nothing is known of it
    const answer = await probe.get(url).catch(() => undefined);
    const document = answer?.status === 200 ? readObject(answer.body) : undefined;
    if (document !== undefined) return { document, answer };
  }
  return undefined;
}

async function publishedBy(probe: Probe): Promise<Published | string> {
  const servers = (await probe.document())?.authorization_servers;
  const issuer: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return 'No authorization server is named.';
  if (probe.hasIssuer && issuer === probe.issuer.issuer)
    return 'The authorization server is that of this audit.';
  const [oauthPlaces, oidcPlaces] = placesOf(issuer);
  const [oauth, oidc] = [await read(probe, oauthPlaces), await read(probe, oidcPlaces)];
  if (oauth === undefined && oidc === undefined)
    return `Nothing was found at ${issuer}: it is down, or not for this audit to ask.`;
  return { issuer, oauth: oauth?.document, oidc: oidc?.document, oidcAnswer: oidc?.answer };
}

/** A case about who issues the tokens: the owner of the server may not run it, so it is told and costs nothing. */
function about(
  draft: Omit<CaseDraft, 'probe' | 'severity'>,
  judge: (published: Published, probe: Probe) => Verdict | Promise<Verdict>,
): CaseDraft {
  return {
    ...draft,
    severity: 'note',
    probe: async (probe) => {
      const published = await probe.remember('authorization server', () => publishedBy(probe));
      // Documents that several requests looked for: no single exchange shows what is wrong
      probe.last = undefined;
      return typeof published === 'string' ? skipped(published) : judge(published, probe);
    },
  };
}

const either = ({ oauth, oidc }: Published): JsonRecord => oauth ?? oidc ?? {};
const listed = (document: JsonRecord, name: string): readonly unknown[] => {
  const value = document[name];
  return Array.isArray(value) ? value : [];
};
const fix = 'Ask whoever runs the authorization server, or choose another one.';

export const authorizationServerCases = defineCases('authorization server', {
  'issuer-documents': about(
    { title: 'the authorization server publishes metadata', requirements: ['MCP-2026-07-28-MC-008'], fix },
    () => passed,
  ),
  'issuer-oauth-document': about(
    { title: 'the metadata is where RFC 8414 puts it', requirements: ['MCP-2025-06-18-MC-009'], fix },
    ({ oauth }) =>
      check(oauth !== undefined, '/.well-known/oauth-authorization-server', 'an OpenID document alone'),
  ),
  'issuer-identifier': {
    ...about(
      {
        title: 'the authorization server calls itself what the resource calls it, character by character',
        requirements: [],
        clause: 'RFC 8414 §3.3',
        fix: 'Write authorization_servers as issuer stands in its metadata, slash at the end included.',
      },
      ({ issuer, oauth, oidc }) => {
        const names = [oauth, oidc].flatMap((each) => (each === undefined ? [] : [each.issuer]));
        return check(names.includes(issuer), `issuer ${show(issuer)}`, names.map(show).join(' and '));
      },
    ),
    // The name is of the resource, and with another one no client goes on
    severity: 'MUST',
  },
  'issuer-pkce': about(
    {
      title: 'the OpenID document says that proof keys are taken',
      requirements: ['MCP-2026-07-28-MC-007'],
      fix,
    },
    ({ oidc }) => {
      if (oidc === undefined) return skipped('There is no OpenID document.');
      const methods = oidc.code_challenge_methods_supported;
      return check(
        listed(oidc, 'code_challenge_methods_supported').includes('S256'),
        'S256 in code_challenge_methods_supported',
        show(methods),
      );
    },
  ),
  'issuer-names-itself': about(
    {
      title: 'authorization responses name their issuer',
      requirements: ['MCP-2026-07-28-MC-012', 'MCP-2026-07-28-MC-011'],
      fix,
    },
    (published) => {
      const value = either(published).authorization_response_iss_parameter_supported;
      return check(value === true, 'authorization_response_iss_parameter_supported: true', show(value));
    },
  ),
  'issuer-required-members': about(
    { title: 'the metadata has its required members', requirements: ['RFC8414-2-02'], fix },
    (published) => {
      const document = either(published);
      const missing = ['issuer', 'response_types_supported', 'token_endpoint'].filter(
        (name) => !(name in document),
      );
      return check(
        missing.length === 0,
        'issuer, response_types_supported and token_endpoint',
        `without ${missing.join(', ')}`,
      );
    },
  ),
  'issuer-client-algorithms': about(
    { title: 'algorithms are listed where clients sign', requirements: ['RFC8414-2-04'], fix },
    (published) => {
      const document = either(published);
      const bad = ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint'].filter((endpoint) => {
        const signs = listed(document, `${endpoint}_auth_methods_supported`).some((each) =>
          /_jwt$/.test(String(each)),
        );
        const algorithms = listed(document, `${endpoint}_auth_signing_alg_values_supported`);
        return algorithms.includes('none') || (signs && algorithms.length === 0);
      });
      return check(bad.length === 0, 'algorithms for each endpoint', `none for ${bad.join(', ')}`);
    },
  ),
  'issuer-openid-form': about(
    { title: 'the OpenID document is JSON without empty lists', requirements: ['OIDCD-4.2-01'], fix },
    ({ oidc, oidcAnswer }) => {
      if (oidc === undefined || oidcAnswer === undefined) return skipped('There is no OpenID document.');
      const type = oidcAnswer.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      const empty = Object.keys(oidc).filter(
        (name) => name in oidc && Array.isArray(oidc[name]) && listed(oidc, name).length === 0,
      );
      return check(
        /^application\/json/i.test(type) && empty.length === 0,
        'application/json without empty lists',
        `${type} ${empty.join(', ')}`,
      );
    },
  ),
  'issuer-openid-members': about(
    { title: 'the OpenID document has its required members', requirements: ['OIDCD-3-01'], fix },
    ({ oidc }) => {
      if (oidc === undefined) return skipped('There is no OpenID document.');
      const required = [
        'issuer',
        'authorization_endpoint',
        'jwks_uri',
        'response_types_supported',
        'subject_types_supported',
        'id_token_signing_alg_values_supported',
      ];
      const missing = required.filter((name) => !(name in oidc));
      return check(missing.length === 0, 'all of them', `without ${missing.join(', ')}`);
    },
  ),
  'issuer-proof-algorithms': about(
    {
      title: 'algorithms of proofs are asymmetric',
      requirements: ['RFC9449-5.1-01', 'MCP-EXT-DPOP-08'],
      fix,
    },
    (published) => {
      const { dpop_signing_alg_values_supported: algorithms } = either(published);
      if (algorithms === undefined) return skipped('The authorization server binds no tokens.');
      const isGood =
        Array.isArray(algorithms) &&
        algorithms.length > 0 &&
        !algorithms.some((each) => /^(?:none|HS\d+)$/.test(String(each)));
      return check(isGood, 'a list without none and HS', show(algorithms));
    },
  ),
  'issuer-client-credentials': about(
    { title: 'clients without a user can authenticate', requirements: ['MCP-EXT-CC-01'], fix },
    (published) => {
      const document = either(published);
      if (!listed(document, 'grant_types_supported').includes('client_credentials'))
        return skipped('There is no client_credentials grant.');
      const methods = listed(document, 'token_endpoint_auth_methods_supported');
      return check(
        methods.some((each) => each === 'private_key_jwt' || each === 'client_secret_basic'),
        'private_key_jwt or client_secret_basic',
        show(methods),
      );
    },
  ),
  'issuer-workloads': about(
    { title: 'workloads can use their identity', requirements: ['MCP-EXT-WIF-01'], fix },
    (published) => {
      const grants = listed(either(published), 'grant_types_supported');
      return grants.includes('urn:ietf:params:oauth:grant-type:jwt-bearer')
        ? passed
        : skipped('There is no JWT bearer grant.');
    },
  ),
  'issuer-lists-resource': about(
    {
      title: 'both sides list each other, where the authorization server lists resources',
      requirements: ['RFC9728-4-01'],
      fix,
    },
    async (published, probe) => {
      const { protected_resources: resources } = either(published);
      if (!Array.isArray(resources)) return skipped('The authorization server lists no resources.');
      const resource = await probe.resource();
      return check(resources.includes(resource), resource, show(resources));
    },
  ),
  'issuer-key-set': about(
    {
      title: 'keys of the resource are not those of the authorization server',
      requirements: ['RFC9728-2-02'],
      fix,
    },
    async (published, probe) => {
      const own = (await probe.document())?.jwks_uri;
      if (own === undefined) return skipped('The resource has no keys.');
      return check(own !== either(published).jwks_uri, 'its own key set, or none', show(own));
    },
  ),
  'issuer-login-levels': about(
    { title: 'the authorization server says which logins it knows', requirements: ['RFC9470-7-01'], fix },
    (published) => {
      const { acr_values_supported: values } = either(published);
      return values === undefined
        ? skipped('It lists no acr values.')
        : check(Array.isArray(values) && !isRecord(values), 'a list', show(values));
    },
  ),
});
