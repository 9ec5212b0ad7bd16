import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject } from '../json.js';
import { clientCertificate, otherCertificate, renewedCertificate } from '../profiles/client-certificates.js';
import { proxySecret } from '../profiles/mutual-tls-profiles.js';
import type { ProfileName } from '../profiles/profiles.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, call, invalidToken } from './case-parts.js';

const thumbprint = 'x5t#S256';
const bound: JsonObject = { cnf: { [thumbprint]: clientCertificate.thumbprint } };

type Headers = NonNullable<RequestSpec['headers']>;

const secret = ['X-Proxy-Secret', proxySecret] as const;
const shows = (value: string) => ['Client-Cert', value] as const;
const ours = shows(`:${clientCertificate.base64}:`);
const other = shows(`:${otherCertificate.base64}:`);
const renewed = shows(`:${renewedCertificate.base64}:`);

/** A call whose token says this, and what came with it. */
const send = (claims: JsonObject, ...headers: Headers): RequestSpec => call({ claims }, { headers });

interface Row extends Pick<ConformanceCase, 'before'> {
  readonly id: string;
  readonly title: string;
  readonly request: RequestSpec;
  /** Default: 401 `invalid_token`. */
  readonly expect?: Expectation;
  /** Default: `mutual-tls`. */
  readonly profile?: ProfileName;
}

const pem = '-----BEGIN%20CERTIFICATE-----%0A';
const xfcc = (value: string) => ['X-Forwarded-Client-Cert', value] as const;

const rows: readonly Row[] = [
  {
    id: 'other',
    title: 'a token that is bound to a certificate is refused with another one',
    request: send(bound, secret, other),
  },
  {
    id: 'renewed',
    title: 'and with a new one over the same key: the binding is to the certificate',
    request: send(bound, secret, renewed),
  },
  { id: 'none', title: 'and without any', request: send(bound, secret) },
  { id: 'empty', title: 'and where the header is empty', request: send(bound, secret, shows('')) },
  {
    id: 'undeclared',
    title: 'a header of anybody but a declared proxy counts for nothing',
    request: send(bound, ours),
  },
  {
    id: 'wrong-secret',
    title: 'nor does one with another secret',
    request: send(bound, ours, ['X-Proxy-Secret', `${proxySecret}s`]),
  },
  { id: 'two-secrets', title: 'nor one with two secrets', request: send(bound, ours, secret, secret) },
  {
    id: 'twice',
    title: 'a header that comes twice names no certificate',
    request: send(bound, secret, ours, ours),
  },
  { id: 'twice-other', title: 'nor does one next to another one', request: send(bound, secret, other, ours) },
  {
    id: 'joined',
    title: 'nor one with two certificates',
    request: send(bound, secret, shows(`${ours[1]}, ${other[1]}`)),
  },
  {
    id: 'pem',
    title: 'nor one in another form',
    request: send(bound, secret, shows(pem + clientCertificate.base64)),
  },
  {
    id: 'hex',
    title: 'nor the hash of a certificate',
    request: send(bound, secret, shows(clientCertificate.hash)),
  },
  {
    id: 'thumbprint',
    title: 'nor the thumbprint itself',
    request: send(bound, secret, shows(`:${clientCertificate.thumbprint}=:`)),
  },
  {
    id: 'cut',
    title: 'nor a certificate that is cut',
    request: send(bound, secret, shows(`:${clientCertificate.base64.slice(0, 200)}:`)),
  },
  {
    id: 'other-header',
    title: 'nor a header of another name',
    request: send(bound, secret, xfcc(`Hash=${clientCertificate.hash}`)),
  },
  {
    id: 'unknown-method',
    title: 'a token that is bound in a way that nobody knows is refused',
    request: send({ cnf: { kid: 'a' } }, secret, ours),
  },
  {
    id: 'nowhere',
    title: 'a token that is bound to a certificate is refused where nobody looks for certificates',
    profile: 'single',
    request: send(bound, secret, ours),
  },
  {
    id: 'hex-binding',
    title: 'a binding in hexadecimal digits is none',
    request: send({ cnf: { [thumbprint]: clientCertificate.hash } }, secret, ours),
  },
  {
    id: 'key-too',
    title: 'a token that is bound to a key as well is refused where no proof is taken',
    request: send({ cnf: { ...(bound.cnf as JsonObject), jkt: clientCertificate.thumbprint } }, secret, ours),
  },
  {
    id: 'remembered',
    title: 'a token that has passed is refused with another certificate',
    before: [{ request: send(bound, secret, ours), expect: allowed }],
    request: { ...call({ again: true }), headers: [secret, other] },
  },
  {
    id: 'good',
    title: 'the certificate that the token is bound to passes',
    request: send(bound, secret, ours),
    expect: allowed,
  },
  {
    id: 'unbound',
    title: 'a token that is bound to none passes with any',
    request: send({}, secret, other),
    expect: allowed,
  },
  { id: 'unbound-alone', title: 'and without', request: send({}), expect: allowed },
  {
    id: 'envoy-other',
    title: 'another hash of Envoy is refused',
    profile: 'mutual-tls-envoy',
    request: send(bound, secret, xfcc(`Hash=${'0'.repeat(64)}`)),
  },
  {
    id: 'envoy-two',
    title: 'and so are two elements',
    profile: 'mutual-tls-envoy',
    request: send(bound, secret, xfcc(`Hash=${clientCertificate.hash},Hash=${clientCertificate.hash}`)),
  },
  {
    id: 'envoy-quoted',
    title: 'a hash in a name counts for nothing',
    profile: 'mutual-tls-envoy',
    request: send(bound, secret, xfcc(`Subject="a;Hash=${clientCertificate.hash}"`)),
  },
  {
    id: 'envoy',
    title: 'the hash of Envoy passes',
    profile: 'mutual-tls-envoy',
    request: send(bound, secret, xfcc(`By=spiffe://a;Hash=${clientCertificate.hash};Subject="CN=a,O=b"`)),
    expect: allowed,
  },
  {
    id: 'connection',
    title: 'where the connection has to show it, no header counts',
    profile: 'mutual-tls-connection',
    request: send(bound, secret, ours, xfcc(`Hash=${clientCertificate.hash}`)),
  },
  {
    id: 'both-one',
    title: 'of a token that is bound to a certificate and a key, one is not enough',
    profile: 'mutual-tls-and-dpop',
    request: {
      ...send({ cnf: { ...(bound.cnf as JsonObject), jkt: '{holder}' } }, secret, other),
      proof: {},
    },
    expect: {
      status: 401,
      challenge: { absent: ['error'] },
      dpopChallenge: { exactly: { error: 'invalid_token' } },
      handlerRan: false,
    },
  },
  {
    id: 'both',
    title: 'both are',
    profile: 'mutual-tls-and-dpop',
    request: { ...send({ cnf: { ...(bound.cnf as JsonObject), jkt: '{holder}' } }, secret, ours), proof: {} },
    expect: allowed,
  },
  {
    id: 'introspection-other',
    title: 'what an introspection answer is bound to is checked in the same way',
    profile: 'mutual-tls-introspection',
    request: call({ literal: 'opaque-bound-0001' }, { headers: [secret, other] }),
  },
  {
    id: 'introspection',
    title: 'and passes in the same way',
    profile: 'mutual-tls-introspection',
    request: call({ literal: 'opaque-bound-0001' }, { headers: [secret, ours] }),
    expect: allowed,
  },
];

/** Tokens that are bound to the certificate of their client (RFC 8705 §3), and who may say which that is (§6.5). */
export const mutualTlsCases: readonly ConformanceCase[] = [
  ...rows.map(({ id, profile = 'mutual-tls', expect = invalidToken, ...row }): ConformanceCase => ({
    id: `mutual-tls-${id}`,
    requirements: ['RFC8705-3-01', 'RFC8705-3-02', 'RFC8705-3.1-01', 'RFC8705-3.2-01', 'RFC8705-6.5-01'],
    profile,
    expect,
    ...row,
  })),
  {
    id: 'mutual-tls-metadata',
    title: 'the metadata says that tokens may be bound to certificates',
    requirements: ['RFC9728-2-01'],
    profile: 'mutual-tls',
    request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
    expect: {
      status: 200,
      body: { members: { tls_client_certificate_bound_access_tokens: true } },
      handlerRan: false,
    },
  },
];
