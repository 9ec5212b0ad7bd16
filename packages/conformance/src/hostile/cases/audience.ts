import { refuseClaims } from '../hostile-case.js';

const absent = refuseClaims(
  'audience',
  'missing_audience',
  ['MCP-2026-07-28-RS-031', 'MCP-2026-07-28-RS-016', 'RFC8725-3.9-01'],
  {
    'no audience': { aud: undefined },
    'an empty audience': { aud: '' },
    'an empty list': { aud: [] },
  },
);

const shapes = refuseClaims('audience', 'invalid_claim', ['RFC9068-4-02', 'MCP-2026-07-28-RS-031'], {
  'audience null': { aud: null },
  'audience true': { aud: true },
  'an audience that is a number': { aud: 1 },
  'an audience that is an object': ({ resource }) => ({ aud: { 0: resource, length: 1 } }),
  'a list within a list': ({ resource }) => ({ aud: [[resource]] }),
  'a list with an object': ({ resource }) => ({ aud: [{ toString: resource }] }),
  'a list with a number next to the resource': ({ resource }) => ({ aud: [resource, 1] }),
  'a list with null next to the resource': ({ resource }) => ({ aud: [null, resource] }),
});

const others = refuseClaims(
  'audience',
  'wrong_audience',
  ['MCP-2026-07-28-RS-016', 'RFC9068-4-02', 'RFC6750-5.3-02'],
  {
    'another resource': { aud: 'https://other.example.com/mcp' },
    'another resource of this process': ({ secondResource }) => ({ aud: secondResource }),
    'a list of other resources': ({ secondResource }) => ({
      aud: ['https://other.example.com/mcp', secondResource],
    }),
    'a list of empty texts': { aud: ['', ''] },
    'the client': { aud: 'client-of-the-corpus' },
    'the issuer': ({ issuer }) => ({ aud: issuer }),
    'the account application of Keycloak': { aud: 'account' },
    'a wildcard': { aud: '*' },
    'a wildcard for the host': { aud: 'https://*.example.com/mcp' },
    'a scope instead of the resource': { aud: 'mcp:read' },
  },
);

/** RFC 8707 §2, RFC 3986 §6.2.1: compared character by character. */
const similar = refuseClaims(
  'audience',
  'wrong_audience',
  ['RFC8707-2.2-01', 'MCP-2026-07-28-RS-016', 'RFC9068-4-02'],
  {
    'the host alone': { aud: 'https://mcp.example.com' },
    'the host and a slash': { aud: 'https://mcp.example.com/' },
    'the host name': { aud: 'mcp.example.com' },
    'the resource and a slash': ({ resource }) => ({ aud: `${resource}/` }),
    'a path below the resource': ({ resource }) => ({ aud: `${resource}/tools` }),
    'the resource and one letter': ({ resource }) => ({ aud: `${resource}x` }),
    'the resource without its last letter': ({ resource }) => ({ aud: resource.slice(0, -1) }),
    'a host that begins like ours': { aud: 'https://mcp.example.com.evil.example/mcp' },
    'a host that ends like ours': { aud: 'https://evilmcp.example.com/mcp' },
    'the resource in a query': ({ resource }) => ({ aud: `https://evil.example/?resource=${resource}` }),
    'the resource as a user name': { aud: 'https://mcp.example.com@evil.example/mcp' },
    'a path in another case': { aud: 'https://mcp.example.com/MCP' },
    'another scheme': { aud: 'http://mcp.example.com/mcp' },
    'another port': { aud: 'https://mcp.example.com:8443/mcp' },
    'the default port, written out': { aud: 'https://mcp.example.com:443/mcp' },
    'a query': ({ resource }) => ({ aud: `${resource}?` }),
    'a fragment': ({ resource }) => ({ aud: `${resource}#fragment` }),
    'an encoded letter': { aud: 'https://mcp.example.com/%6dcp' },
    'a dot segment': { aud: 'https://mcp.example.com/x/../mcp' },
    'a doubled slash': { aud: 'https://mcp.example.com//mcp' },
    'a dot behind the host': { aud: 'https://mcp.example.com./mcp' },
    'a look-alike letter': { aud: 'https://m\u0441p.example.com/mcp' },
    'a space behind the resource': ({ resource }) => ({ aud: `${resource} ` }),
    'a line break behind the resource': ({ resource }) => ({ aud: `${resource}\n` }),
    'a NUL behind the resource': ({ resource }) => ({ aud: `${resource}\0` }),
    'resources split by spaces': ({ resource }) => ({ aud: `${resource} https://other.example.com` }),
    'resources split by commas': ({ resource }) => ({ aud: `https://other.example.com,${resource}` }),
    'a list in a string': ({ resource }) => ({ aud: JSON.stringify([resource]) }),
    'the metadata document of the resource': {
      aud: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
    },
  },
);

/** The resource elsewhere does not make up for the audience. */
const substitutes = refuseClaims(
  'audience',
  'missing_audience',
  ['MCP-2026-07-28-RS-031', 'RFC8725-3.9-01'],
  {
    'the resource in azp': ({ resource }) => ({ aud: undefined, azp: resource }),
    'the resource in resource': ({ resource }) => ({ aud: undefined, resource }),
    'the resource in Aud': ({ resource }) => ({ aud: undefined, Aud: resource }),
  },
);

/** MCP Authorization, Token Handling: only tokens that were issued for this resource. */
export const audienceCases = [absent, shapes, others, similar, substitutes].flat();
