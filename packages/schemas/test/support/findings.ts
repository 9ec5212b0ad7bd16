import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Finding, FindingCode } from '../../src/index.js';

export type Document = Readonly<Record<string, unknown>>;

/** Documents without a single finding at any level: what every case below starts from. */
export const server: Document = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'https://as.example/token',
  jwks_uri: 'https://as.example/jwks',
  scopes_supported: ['notes:read'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  client_id_metadata_document_supported: true,
  authorization_response_iss_parameter_supported: true,
};
export const provider: Document = {
  ...server,
  scopes_supported: ['openid'],
  userinfo_endpoint: 'https://as.example/userinfo',
  registration_endpoint: 'https://as.example/register',
  claims_supported: ['sub'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
};
export const resource: Document = {
  resource: 'https://notes.example/mcp',
  authorization_servers: ['https://as.example'],
  scopes_supported: ['notes:read'],
  bearer_methods_supported: ['header'],
  resource_name: 'Notes',
};

export const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const jwt = (header: object, claims: unknown) => `${segment(header)}.${segment(claims)}.c2ln`;

/** Lint codes about which members are there; the others are about their values. */
export type MemberCode =
  | 'member-missing'
  | 'member-recommended'
  | 'member-unregistered'
  | 'member-null'
  | 'camel-case-twin'
  | 'default-applies'
  | 'alias-not-endpoint'
  | 'signed-metadata-unreadable'
  | 'signed-metadata-unsigned'
  | 'signed-metadata-without-issuer'
  | 'signed-metadata-nested'
  | 'not-cross-listed';

export type Case = readonly [what: string, findings: readonly Finding[], expected: readonly string[]];

const url = new URL('../../fixtures/requirement-ids.yaml', import.meta.url);
const ids = new Set(parse(readFileSync(url, 'utf8')) as string[]);
const isSection = (text: string) => / section \d|^MCP \d{4}-\d\d-\d\d, |^draft-|^CIBA|^JARM/.test(text);

/** For each code, `severity path requirement` of the findings with that code a document must have; no others. */
export function describeFindings(cases: Readonly<Partial<Record<FindingCode, readonly Case[]>>>): void {
  describe.each(Object.entries(cases))('%s', (code, list) => {
    it.each(list)('%s', (_, findings, expected) => {
      const found = findings.filter((finding) => finding.code === code);
      expect(
        found.map(({ severity, path, requirement }) => `${severity} ${path.join('.')} ${requirement}`),
      ).toEqual(expected);
    });
  });

  describe('findings', () => {
    const all = Object.values(cases).flatMap((list) => list.flatMap(([, findings]) => findings));

    it('say in one sentence what is the matter, and in one how to mend it', () => {
      for (const { code, message, fix } of all) {
        expect([code, /^[`\p{Lu}\p{Ll}].*\.$/u.test(message), /^\p{Lu}.*\.$/u.test(fix)]).toEqual([
          code,
          true,
          true,
        ]);
      }
    });

    it('refer to a requirement that exists, or to a section of a standard', () => {
      for (const { code, requirement } of all) {
        expect([code, requirement, ids.has(requirement) || isSection(requirement)]).toEqual([
          code,
          requirement,
          true,
        ]);
      }
    });
  });
}
