import { describe, expect, it } from 'vitest';
import {
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  mcpRevisions,
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
  validateProtectedResourceMetadata,
  type Finding,
  type Issue,
} from '../src/index.js';
import { realDocuments, type RealDocument } from './support/real-documents.js';

/** Where the MCP endpoint of a resource is, when that is known to differ from its identifier. */
const endpoints: Readonly<Record<string, string>> = {
  'cloudflare-mcp': 'https://mcp.cloudflare.com/mcp',
  'notion-mcp': 'https://mcp.notion.com/mcp',
};

interface Verdict {
  readonly parse: readonly Issue[];
  readonly lint: readonly Finding[];
  readonly mcp: Readonly<Record<(typeof mcpRevisions)[number], readonly Finding[]>>;
}

function judge({ name, kind, document, identifier }: RealDocument): Verdict {
  const expected = { expected: identifier };
  const byRevision = (check: (revision: (typeof mcpRevisions)[number]) => readonly Finding[]) =>
    Object.fromEntries(mcpRevisions.map((revision) => [revision, check(revision)])) as Verdict['mcp'];
  if (kind === 'protected_resource') {
    const endpoint = endpoints[name] ?? identifier;
    return {
      parse: validateProtectedResourceMetadata(document),
      lint: lintProtectedResourceMetadata(document, expected),
      mcp: byRevision((revision) => checkProtectedResourceForMcp(document, { revision, endpoint })),
    };
  }
  const openid = kind === 'oidc';
  return {
    parse: openid ? validateOpenIDProviderMetadata(document) : validateAuthorizationServerMetadata(document),
    lint: openid
      ? lintOpenIDProviderMetadata(document, expected)
      : lintAuthorizationServerMetadata(document, expected),
    mcp: byRevision((revision) => checkAuthorizationServerForMcp(document, { revision, openid })),
  };
}

const list = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? `${title}: []\n` : `${title}:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

const line = ({ severity, code, path, requirement }: Finding) =>
  `${severity} ${code} ${path.join('.') || '(document)'} [${requirement}]`;

const print = ({ name, kind }: RealDocument, { parse, lint, mcp }: Verdict) =>
  [
    `# ${name}, ${kind}. Review every line that changes.\n`,
    list(
      'parse',
      parse.map(({ code, path }) => `${code} ${path.join('.')}`),
    ),
    list('lint', lint.map(line)),
    ...mcpRevisions.map((revision) => list(`mcp ${revision}`, mcp[revision].map(line))),
  ].join('');

const providers = realDocuments('provider-metadata');
const resources = realDocuments('resource-metadata');

describe.each([
  ['provider-metadata', providers],
  ['resource-metadata', resources],
] as const)('the reviewed verdicts on real documents: %s', (folder, documents) => {
  it.each(documents)('$name', async (real) => {
    await expect(print(real, judge(real))).toMatchFileSnapshot(
      `../fixtures/verdicts/${folder}/${real.name}.yaml`,
    );
  });
});

/** Where this package sees more than the notes: a backchannel authentication endpoint without its delivery modes. */
const unnoted: Readonly<Record<string, readonly string[]>> = {
  'duende-identityserver': ['backchannel_token_delivery_modes_supported'],
};

describe('deviations that were found without this package are all found by it, and no others', () => {
  const found = (findings: readonly Finding[], code: string) =>
    findings.filter((finding) => finding.code === code).map(({ path }) => path.join('.'));
  const noted = ({ notes }: RealDocument, start: RegExp) => notes.filter((note) => start.test(note));
  const membersOf = (notes: readonly string[]) =>
    notes.flatMap((note) => note.replace(/^[^:]*: /, '').split(', '));

  it.each(providers)('$name', (real) => {
    const { parse, lint, mcp } = judge(real);
    const later = mcp['2025-11-25'];
    const latest = mcp['2026-07-28'];
    expect(parse).toEqual([]);
    const says = (start: RegExp) => noted(real, start).length > 0;

    expect(found(later, 'mcp-pkce-not-announced').length > 0).toBe(
      says(/^code_challenge_methods_supported absent/),
    );
    expect(found(later, 'mcp-registration-by-hand').length > 0).toBe(says(/^neither dynamic registration/));
    expect(found(latest, 'mcp-pkce-plain').length > 0).toBe(says(/^plain offered beside S256/));
    expect(found(latest, 'mcp-no-iss-parameter').length === 0).toBe(says(/^announces iss/));
    expect(found(latest, 'mcp-no-keys').length > 0).toBe(says(/^jwks_uri absent/));
    expect(found(lint, 'issuer-template').length > 0).toBe(says(/^issuer is a template/));
    expect(found(lint, 'not-https').includes('issuer')).toBe(says(/^issuer is not https/));
    const defaults = found(lint, 'default-applies');
    expect(defaults.includes('grant_types_supported')).toBe(says(/^grant_types_supported absent/));
    // A document without a token endpoint has no use for the methods of one.
    expect(defaults.includes('token_endpoint_auth_methods_supported')).toBe(
      says(/^token_endpoint_auth_methods_supported absent/) && !says(/^token_endpoint absent/),
    );
    expect(found(lint, 'member-null').sort()).toEqual(membersOf(noted(real, /^null values/)).sort());
    expect(found(lint, 'member-unregistered').sort()).toEqual(
      membersOf(noted(real, /^members outside the known set/)).sort(),
    );
    const missing = noted(real, /^\S+ absent although/).map((note) => note.split(' ')[0]);
    expect(found(lint, 'member-missing').sort()).toEqual([...missing, ...(unnoted[real.name] ?? [])].sort());
    // RFC 8414 section 2: a server of the implicit grant alone has no token endpoint, which is no use to MCP.
    expect(found(latest, 'mcp-no-token-endpoint').length > 0).toBe(says(/^token_endpoint absent/));
  });

  it('notion-mcp: a resource that is the origin although the endpoint is not', () => {
    const real = resources.find(({ name }) => name === 'notion-mcp')!;
    expect(found(judge(real).mcp['2026-07-28'], 'mcp-resource-mismatch')).toEqual(['resource']);
  });
});
