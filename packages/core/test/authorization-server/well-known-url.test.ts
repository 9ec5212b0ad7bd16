import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  getCandidateMetadataUrls,
  getIssuersOfMetadataUrl,
  getMetadataUrl,
} from '../../src/authorization-server/issuer.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const oauth = '/.well-known/oauth-authorization-server';
const oidc = '/.well-known/openid-configuration';

describe('[contract row 12] the metadata URL of an issuer', () => {
  test.each([
    ['https://as.example.com', `https://as.example.com${oauth}`, `https://as.example.com${oidc}`],
    ['https://as.example.com/', `https://as.example.com${oauth}`, `https://as.example.com${oidc}`],
    ['https://as.example.com/t1', `https://as.example.com${oauth}/t1`, `https://as.example.com/t1${oidc}`],
    ['https://as.example.com/t1/', `https://as.example.com${oauth}/t1`, `https://as.example.com/t1${oidc}`],
    ['https://as.example.com/a/b', `https://as.example.com${oauth}/a/b`, `https://as.example.com/a/b${oidc}`],
    [
      'https://as.example.com:8443/t',
      `https://as.example.com:8443${oauth}/t`,
      `https://as.example.com:8443/t${oidc}`,
    ],
    ['http://127.0.0.1:9/t', `http://127.0.0.1:9${oauth}/t`, `http://127.0.0.1:9/t${oidc}`],
  ])('[RFC8414-3-01][RFC8414-3.1-01][OIDCD-4.1-01] %s', (issuer, asOAuth, asOpenID) => {
    expect(getMetadataUrl(issuer, 'oauth')).toBe(asOAuth);
    expect(getMetadataUrl(issuer, 'oidc')).toBe(asOpenID);
  });
});

describe('the candidates where the type is not known', () => {
  test('[MCP-2026-07-28-MC-001] with a path: three, in this order', () => {
    expect(getCandidateMetadataUrls('https://as.example.com/t1')).toEqual([
      { url: `https://as.example.com${oauth}/t1`, type: 'oauth' },
      { url: `https://as.example.com${oidc}/t1`, type: 'oidc' },
      { url: `https://as.example.com/t1${oidc}`, type: 'oidc' },
    ]);
  });

  test.each(['https://as.example.com', 'https://as.example.com/'])(
    '[MCP-2026-07-28-MC-002] without one: two (%s)',
    (issuer) => {
      expect(getCandidateMetadataUrls(issuer).map(({ url }) => url)).toEqual([
        `https://as.example.com${oauth}`,
        `https://as.example.com${oidc}`,
      ]);
    },
  );
});

describe('the issuers that a metadata URL may stand for', () => {
  test.each([
    [`https://h.example${oauth}`, ['https://h.example', 'https://h.example/']],
    [`https://h.example${oauth}/t`, ['https://h.example/t', 'https://h.example/t/']],
    [`https://h.example/t${oidc}`, ['https://h.example/t', 'https://h.example/t/']],
    [`https://h.example${oidc}/t`, ['https://h.example/t', 'https://h.example/t/']],
    [`https://h.example${oidc}?appid=1`, ['https://h.example', 'https://h.example/']],
  ])('%s', (url, issuers) => {
    expect(getIssuersOfMetadataUrl(url)).toEqual(issuers);
  });

  test.each([
    'https://h.example/metadata.json',
    `https://h.example${oauth}x`,
    `https://h.example/t${oauth}`,
    `https://h.example${oidc}x`,
    'https://h.example/.well-known/other',
  ])('none: %s', (url) => {
    expect(getIssuersOfMetadataUrl(url)).toEqual([]);
  });
});

test('[RFC8414-3.1-02] from an issuer to its URL and back leads to that issuer', propertyTest, () => {
  const segment = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
  const path = fc
    .array(segment, { maxLength: 3 })
    .map((segments) => segments.map((text) => `/${text}`).join(''));
  fc.assert(
    fc.property(
      fc.domain(),
      path,
      fc.boolean(),
      fc.constantFrom('oauth', 'oidc' as const),
      (domain, rest, slash, type) => {
        const issuer = `https://${domain}${rest}${slash ? '/' : ''}`;
        expect(getIssuersOfMetadataUrl(getMetadataUrl(issuer, type))).toContain(issuer);
      },
    ),
    { numRuns: propertyRuns },
  );
});
