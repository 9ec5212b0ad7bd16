import type { FindingCode } from '@mcp-auth/schemas';
import type { DocumentKind } from './kind.js';

const servers: readonly DocumentKind[] = ['oauth', 'openid'];

/** What holds where a code of the check for MCP is not found. */
export const mcpTitles: Readonly<
  Partial<Record<FindingCode, { readonly title: string; readonly kinds: readonly DocumentKind[] }>>
> = {
  'mcp-issuer-unusable': { title: 'The issuer is one that clients accept', kinds: servers },
  'mcp-openid-only': { title: 'The document is where clients look', kinds: ['openid'] },
  'mcp-no-authorization-endpoint': { title: 'There is an authorization endpoint', kinds: servers },
  'mcp-no-token-endpoint': { title: 'There is a token endpoint', kinds: servers },
  'mcp-no-code-flow': { title: 'People can log in by the authorization code flow', kinds: servers },
  'mcp-pkce-not-announced': { title: 'PKCE is announced', kinds: servers },
  'mcp-pkce-without-s256': { title: 'PKCE is offered with S256', kinds: servers },
  'mcp-registration-by-hand': { title: 'Clients can get a client id without anybody’s help', kinds: servers },
  'mcp-no-public-clients': { title: 'Public clients are welcome', kinds: servers },
  'mcp-no-iss-parameter': { title: 'Authorization responses name their issuer', kinds: servers },
  'mcp-no-keys': { title: 'The keys of access tokens can be found', kinds: servers },
  'mcp-dpop-algorithms': { title: 'DPoP, where offered, takes asymmetric algorithms only', kinds: servers },
  'mcp-client-credentials-auth': {
    title: 'Client credentials, where offered, can be used by clients of the extension',
    kinds: servers,
  },
  'mcp-no-authorization-servers': { title: 'An authorization server is named', kinds: ['resource'] },
  'mcp-authorization-server-unusable': {
    title: 'Every authorization server is named by its issuer',
    kinds: ['resource'],
  },
  'mcp-resource-mismatch': { title: 'The resource is the URL that clients use', kinds: ['resource'] },
  'mcp-no-bearer-header': { title: 'Tokens are taken in the Authorization header', kinds: ['resource'] },
  'mcp-bearer-in-query': { title: 'Tokens are not taken in the query', kinds: ['resource'] },
  'mcp-offline-access': { title: 'offline_access is not a scope of the resource', kinds: ['resource'] },
};

const areas: readonly (readonly [start: string, area: string])[] = [
  ['mcp-pkce', 'PKCE'],
  ['mcp-registration', 'registration'],
  ['mcp-no-public-clients', 'registration'],
  ['mcp-no-iss', 'issuer'],
  ['mcp-issuer', 'issuer'],
  ['identifier-mismatch', 'issuer'],
  ['issuer-', 'issuer'],
  ['mcp-no-keys', 'keys'],
  ['alg-', 'algorithms'],
  ['mcp-dpop', 'algorithms'],
  ['mcp-openid-only', 'discovery'],
  ['mcp-no-authorization-servers', 'authorization servers'],
  ['mcp-authorization-server', 'authorization servers'],
  ['mcp-resource', 'resource'],
  ['mcp-no-bearer', 'tokens'],
  ['mcp-bearer', 'tokens'],
  ['mcp-offline', 'scopes'],
  ['mcp-', 'login'],
];

/** The area of the report that a code stands in. */
export function areaOf(code: FindingCode): string {
  return areas.find(([start]) => code.startsWith(start))?.[1] ?? 'document';
}
