import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type CertificateFormat, readCertificateHeader } from '../../src/sender/certificate-header.js';
import { fromConnection, fromHeader } from '../../src/sender/certificate-source.js';
import { parseIpRange } from '../../src/limits/ip-range.js';
import type { MCPAuthConfig, MutualTlsOptions, RequestHead } from '../../src/index.js';
import { MCPAuth } from '../../src/fetch.js';
import { WebRequestHead } from '../../src/web.js';
import { createCertificate, toPem } from '../support/certificates.js';
import { configError } from '../support/config-error.js';
import { createHead } from '../support/head.js';
import { challengeOf, metadataUrl, protect, refused, resource, statusOf } from '../support/protect.js';
import { denials } from '../policy/ask-gate.js';

const ours = createCertificate('client');
const other = createCertificate('other');
const escaped = encodeURIComponent(ours.cert);
const rfc9440 = `:${ours.der.toString('base64')}:`;
const hex = Buffer.from(ours.thumbprint, 'base64url').toString('hex');

test('the certificates of these tests are what Node reads', () => {
  const read = new X509Certificate(ours.cert);
  expect(createHash('sha256').update(read.raw).digest('base64url')).toBe(ours.thumbprint);
  expect(read.verify(ours.publicKey)).toBe(true);
});

describe('the header of a proxy', () => {
  test.each<[string, CertificateFormat, string]>([
    ['nothing', 'rfc9440', ''],
    ['mtls-09 hexadecimal digits of a hash', 'rfc9440', hex],
    ['mtls-09 a thumbprint itself', 'rfc9440', `:${ours.thumbprint}:`],
    ['PEM', 'rfc9440', escaped],
    ['base64 without colons', 'rfc9440', ours.der.toString('base64')],
    ['base64 of the web', 'rfc9440', `:${ours.der.toString('base64url')}-_:`],
    ['two certificates', 'rfc9440', `${rfc9440}, ${rfc9440}`],
    ['two certificates in one', 'rfc9440', `:${Buffer.concat([ours.der, other.der]).toString('base64')}:`],
    ['half a certificate', 'rfc9440', `:${ours.der.subarray(0, 99).toString('base64')}:`],
    ['PEM hashed as text', 'rfc9440', `:${Buffer.from(ours.cert).toString('base64')}:`],
    ['a parameter', 'rfc9440', `${rfc9440};a=1`],
    ['a line break', 'rfc9440', rfc9440.replace(':M', ':\nM')],
    ['PEM with line breaks', 'escaped-pem', ours.cert],
    ['PEM with tabs for line breaks', 'escaped-pem', ours.cert.replaceAll('\n', '\t')],
    ['a sign that is no code', 'escaped-pem', `${escaped}%zz`],
    ['bytes that are no UTF-8', 'escaped-pem', `${escaped}%ff`],
    ['two certificates', 'escaped-pem', encodeURIComponent(ours.cert + other.cert)],
    ['two certificates, joined', 'escaped-pem', `${escaped},${escaped}`],
    ['a key', 'escaped-pem', encodeURIComponent(ours.key)],
    ['something in front', 'escaped-pem', encodeURIComponent(`x\n${ours.cert}`)],
    ['base64 alone', 'escaped-pem', encodeURIComponent(ours.der.toString('base64'))],
    ['an element without a certificate', 'xfcc', 'By=spiffe://a;URI=spiffe://b'],
    ['two elements', 'xfcc', `Hash=${hex},Hash=${hex}`],
    ['two hashes', 'xfcc', `Hash=${hex};Hash=${hex}`],
    ['two certificates in other cases', 'xfcc', `Cert="${escaped}";cert="${escaped}"`],
    ['a hash that is cut', 'xfcc', `Hash=${hex.slice(2)}`],
    ['a hash in base64', 'xfcc', `Hash=${ours.thumbprint}`],
    ['a hash of another certificate', 'xfcc', `Hash=${'0'.repeat(64)};Cert="${escaped}"`],
    ['a quote that does not end', 'xfcc', `Hash=${hex};Subject="CN=a`],
    ['a hash inside a quoted value', 'xfcc', `Subject="CN=a;Hash=${hex}"`],
    ['a name without a value', 'xfcc', `Hash;Hash=${hex}`],
    ['100,000 characters', 'xfcc', `Hash=${hex};By=${'a'.repeat(100_000)}`],
  ])('with %s names no certificate (%s)', (_what, format, value) => {
    expect(readCertificateHeader(value, format)).toHaveProperty('problem');
  });

  test.each<[string, CertificateFormat, string]>([
    ['as RFC 9440 says', 'rfc9440', rfc9440],
    ['as nginx escapes it', 'escaped-pem', escaped],
    [
      'as nginx escapes it, with bare signs of base64',
      'escaped-pem',
      escaped.replaceAll('%2B', '+').replaceAll('%2F', '/'),
    ],
    ['with line breaks of Windows', 'escaped-pem', encodeURIComponent(ours.cert.replaceAll('\n', '\r\n'))],
    ['as the hash of Envoy', 'xfcc', `Hash=${hex}`],
    [
      'as the hash of Envoy in capitals',
      'xfcc',
      `By=spiffe://a/b;Hash=${hex.toUpperCase()};Subject="CN=\\"a\\",O=b;c"`,
    ],
    ['as the certificate of Envoy', 'xfcc', `Cert="${escaped}";Subject="";URI=a;URI=b`],
    ['as both', 'xfcc', `Hash=${hex};Cert="${escaped}";Chain="${escaped}"`],
  ])('%s names the certificate', (_what, format, value) => {
    expect(readCertificateHeader(value, format)).toBe(ours.thumbprint);
  });

  const fromProxy = fromHeader({
    header: 'client-cert',
    format: 'rfc9440',
    proxy: { proxies: ['10.0.0.0/8', '::1'].map((range) => parseIpRange(range)!) },
  });
  const headOf = (peer: string | null | undefined, rawHeaders: string[]): RequestHead => ({
    ...createHead(),
    peer,
    rawHeaders,
  });

  test.each<[string, string | null | undefined]>([
    ['another address', '192.0.2.1'],
    ['an address that a header names', '11.0.0.1'],
    ['a connection that has gone', null],
    ['a platform that does not tell', undefined],
    ['something that is no address', '10.0.0.1, 10.0.0.2'],
  ])('mtls-07 counts for nothing from %s', (_what, peer) => {
    expect(fromProxy(headOf(peer, ['Client-Cert', rfc9440]))).toHaveProperty('hint');
  });

  test.each<[string, string[]]>([
    ['is absent', ['Other', rfc9440]],
    ['is empty', ['Client-Cert', '']],
    ['comes twice', ['Client-Cert', rfc9440, 'client-cert', rfc9440]],
    ['comes twice, once empty', ['Client-Cert', '', 'client-cert', rfc9440]],
  ])('mtls-08 names no certificate where it %s', (_what, lines) => {
    expect(fromProxy(headOf('10.1.2.3', lines))).toHaveProperty('hint');
  });

  test.each(['10.1.2.3', '::ffff:10.1.2.3', '::1'])('counts from the declared proxy %s', (peer) => {
    expect(fromProxy(headOf(peer, ['CLIENT-CERT', rfc9440]))).toEqual({ thumbprint: ours.thumbprint });
  });

  describe('with a secret', () => {
    const secret = 'a-secret-of-the-proxy-that-is-long-enough';
    const next = 'another-secret-of-the-proxy-long-enough-too';
    const source = fromHeader({
      header: 'client-cert',
      format: 'rfc9440',
      proxy: { secretHeader: 'x-proxy-secret', secrets: [secret, next] },
    });
    const certificate = ['Client-Cert', rfc9440];

    test.each<[string, string[]]>([
      ['none', []],
      ['another', ['X-Proxy-Secret', `${secret}x`]],
      ['an empty one', ['X-Proxy-Secret', '']],
      ['two', ['X-Proxy-Secret', secret, 'X-Proxy-Secret', secret]],
      ['two in one', ['X-Proxy-Secret', `${secret}, ${next}`]],
    ])('counts for nothing with %s', (_what, lines) => {
      expect(source(headOf('10.1.2.3', [...certificate, ...lines]))).toHaveProperty('hint');
    });

    test.each([secret, next])('counts with either of them, from any address', (value) => {
      const head = headOf(undefined, [...certificate, 'X-Proxy-Secret', value]);
      expect(source(head)).toEqual({ thumbprint: ours.thumbprint });
    });
  });
});

describe('the certificate of a connection', () => {
  test('is hashed once, and told by its thumbprint', () => {
    const head = { ...createHead(), clientCertificate: () => ours.der };
    const found = fromConnection(head);
    expect(found).toEqual({ thumbprint: ours.thumbprint });
    expect(fromConnection(head)).toBe(found);
  });

  test.each<[string, RequestHead]>([
    ['shows none', { ...createHead(), clientCertificate: () => undefined }],
    ['cannot tell', createHead()],
    ['tells a hash that is none', { ...createHead(), clientCertificate: () => ({ sha256: 'abc' }) }],
  ])('is none where the platform %s', (_what, head) => {
    expect(fromConnection(head)).toHaveProperty('hint');
  });

  const onWorkers = (tlsClientAuth: unknown) =>
    new WebRequestHead(Object.assign(new Request(resource), { cf: { tlsClientAuth } }));
  const shown = { certPresented: '1', certVerified: 'SUCCESS', certRevoked: '0', certFingerprintSHA256: hex };

  test('is what Workers tell of it', () => {
    expect(fromConnection(onWorkers(shown))).toEqual({ thumbprint: ours.thumbprint });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['no certificate', { ...shown, certPresented: '0' }],
    ['one that was not verified', { ...shown, certVerified: 'FAILED:self signed certificate' }],
    ['one that was revoked', { ...shown, certRevoked: '1' }],
    ['a hash of another length', { ...shown, certFingerprintSHA256: hex.slice(0, 40) }],
    ['no hash', { ...shown, certFingerprintSHA256: undefined }],
  ])('is none where Workers tell of %s', (_what, tlsClientAuth) => {
    expect(fromConnection(onWorkers(tlsClientAuth))).toHaveProperty('hint');
  });
});

describe('a route of a resource with mutual TLS (RFC 8705 §3)', () => {
  const mutualTls: MutualTlsOptions = { certificate: 'connection' };
  async function gateFor(resourceOptions: Parameters<typeof protect>[0] = {}) {
    const found = await protect({ resource: { mutualTls }, ...resourceOptions });
    const send = async (claims: Record<string, unknown>, der?: Uint8Array) => {
      const authorization = `Bearer ${await found.issuer.sign(claims)}`;
      const head = { ...createHead({ headers: { authorization } }), clientCertificate: () => der };
      return found.gate.authenticate(head);
    };
    return { ...found, send };
  }
  const bound = { cnf: { 'x5t#S256': ours.thumbprint } };

  test.each<[string, Record<string, unknown>, Uint8Array | undefined]>([
    ['mtls-02 another certificate', bound, other.der],
    ['mtls-03 no certificate', bound, undefined],
    ['mtls-05 a new certificate for the same key', bound, createCertificate('client', { key: ours }).der],
    ['mtls-09 a hash in hexadecimal digits', { cnf: { 'x5t#S256': hex } }, ours.der],
    ['mtls-09 a hash with padding', { cnf: { 'x5t#S256': `${ours.thumbprint}=` } }, ours.der],
    ['mtls-11 a key that nobody checks here', { cnf: { ...bound.cnf, jkt: ours.thumbprint } }, ours.der],
    ['mtls-12 an unknown method alone', { cnf: { kid: 'a' } }, ours.der],
    ['nothing to be bound to', { cnf: {} }, ours.der],
  ])('%s is refused with 401 invalid_token', async (_what, claims, der) => {
    const { send } = await gateFor();
    const decision = refused(await send(claims, der));
    expect(decision.status).toBe(401);
    expect(challengeOf(decision)).toMatchObject({ error: 'invalid_token' });
  });

  test('the owner hears why, and the client does not', async () => {
    const { send, events } = await gateFor();
    const decision = refused(await send(bound));
    expect(decision.body).not.toContain('certificate');
    expect(denials(events)[0]).toMatchObject({
      code: 'wrong_sender',
      claim: 'cnf',
      binding: 'mtls',
      hint: expect.stringContaining('requestCert') as string,
    });
  });

  test('mtls-10 bound tokens are refused where no mutual TLS is configured', async () => {
    const { send } = await gateFor({ resource: {} });
    expect(statusOf(await send(bound, ours.der))).toBe(401);
  });

  test.each<[string, Record<string, unknown>, Uint8Array | undefined]>([
    ['mtls-01 the certificate that the token is bound to', bound, ours.der],
    ['an unknown method next to it', { cnf: { ...bound.cnf, other: 1 } }, ours.der],
    ['mtls-13 a token that is bound to none', {}, ours.der],
    ['a token that is bound to none, without a certificate', {}, undefined],
  ])('%s passes', async (_what, claims, der) => {
    const { send } = await gateFor();
    expect(statusOf(await send(claims, der))).toBe(200);
  });

  test('a token that is remembered is checked each time', async () => {
    const { gate, issuer, events } = await gateFor();
    const authorization = `Bearer ${await issuer.sign(bound)}`;
    const ask = async (der: Uint8Array | undefined) =>
      gate.authenticate({ ...createHead({ headers: { authorization } }), clientCertificate: () => der });
    expect(statusOf(await ask(ours.der))).toBe(200);
    expect(statusOf(await ask(other.der))).toBe(401);
    expect(statusOf(await ask(undefined))).toBe(401);
    expect(statusOf(await ask(ours.der))).toBe(200);
    expect(denials(events)[0]).toMatchObject({ memory: 'remembered' });
  });

  test('the metadata says so (RFC 9728 §2)', async () => {
    const { server } = await gateFor();
    const { pathname, host } = new URL(metadataUrl);
    const answer = await server.metadataEndpoint.answer({
      ...createHead({ headers: { host } }),
      method: 'GET',
      target: pathname,
    });
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      tls_client_certificate_bound_access_tokens: true,
    });
  });

  const header = { header: 'Client-Cert', format: 'rfc9440' } as const;
  const secrets = ['a-secret-of-the-proxy-that-is-long-enough'];
  test.each<[string, unknown, string]>([
    ['nothing', {}, 'mutualTls.certificate'],
    ['another word', { certificate: 'header' }, 'mutualTls.certificate'],
    ['nobody who may write it', { certificate: header }, 'mutualTls.certificate'],
    [
      'an empty list of proxies',
      { certificate: { ...header, proxies: [] } },
      'mutualTls.certificate.proxies',
    ],
    ['everybody', { certificate: { ...header, proxies: ['0.0.0.0/0'] } }, 'mutualTls.certificate.proxies[0]'],
    [
      'both ways',
      { certificate: { ...header, proxies: ['10.0.0.1'], proxySecret: { header: 'X-Secret', secrets } } },
      'mutualTls.certificate',
    ],
    [
      'a short secret',
      { certificate: { ...header, proxySecret: { header: 'X-Secret', secrets: ['short'] } } },
      'mutualTls.certificate.proxySecret.secrets[0]',
    ],
    [
      'one header for both',
      { certificate: { ...header, proxySecret: { header: 'client-cert', secrets } } },
      'mutualTls.certificate.proxySecret.header',
    ],
    [
      'a form that nobody writes',
      { certificate: { ...header, format: 'der', proxies: ['10.0.0.1'] } },
      'mutualTls.certificate.format',
    ],
  ])('%s is an error where it is configured', (_what, given, path) => {
    const config = { resource, authorizationServers: ['https://as.example.com'], mutualTls: given };
    expect(configError(() => new MCPAuth(config as MCPAuthConfig)).path).toBe(path);
  });

  test('metadata that says otherwise is an error', () => {
    const metadata = {
      resource,
      authorizationServers: ['https://as.example.com'],
      tlsClientCertificateBoundAccessTokens: true,
    };
    const error = configError(() => new MCPAuth({ protectedResources: { metadata } }));
    expect(error.path).toBe('protectedResources.metadata.tlsClientCertificateBoundAccessTokens');
  });

  test('PEM of one certificate stays what it is when it is written anew', () => {
    expect(toPem(Buffer.from(new X509Certificate(ours.cert).raw))).toBe(ours.cert);
  });
});
