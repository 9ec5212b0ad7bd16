import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, anonymous, call, insufficientScope, withoutError } from './case-parts.js';

const full = 'https://mcp.example.com/mcp/';
const requirements = ['RFC6750-3-04', 'MCP-2026-07-28-RS-024'] as const;

const granted = (...scopes: readonly string[]): TokenRecipe => ({ claims: { scope: scopes.join(' ') } });

function callTool(name: string) {
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });
  return { type: 'application/json', text } as const;
}

/** Scopes that clients ask for by longer names than tokens have. */
export const scopeNameCases: readonly ConformanceCase[] = [
  ...(['short', 'full'] as const).flatMap((written): readonly ConformanceCase[] => {
    const profile = `scope-names-${written}` as const;
    return [
      {
        id: `scope-names-${written}-without-token`,
        title: `a challenge asks for the name that the authorization server knows, where the requirement is ${written}`,
        requirements,
        profile,
        request: anonymous(),
        expect: { ...withoutError, challenge: { ...withoutError.challenge, scopes: [`${full}notes:read`] } },
      },
      {
        id: `scope-names-${written}-refused`,
        title: `a token without the scope is told the name to ask for, where the requirement is ${written}`,
        requirements,
        profile,
        request: call(granted('other')),
        expect: insufficientScope(`${full}notes:read`),
      },
      {
        id: `scope-names-${written}-step-up`,
        title: `an operation that needs more names all of it as clients ask for it, where its rule is ${written}`,
        requirements,
        profile,
        request: call(granted('notes:read'), { body: callTool('delete-note') }),
        expect: insufficientScope(`${full}notes:read`, `${full}notes:write`),
      },
      {
        id: `scope-names-${written}-allowed`,
        title: `a token with the short name is let in, where the requirement is ${written}`,
        requirements,
        profile,
        request: call(granted('notes:read')),
        expect: allowed,
      },
      {
        id: `scope-names-${written}-stepped-up`,
        title: `a token with the short names may do what needs more, where the rule is ${written}`,
        requirements,
        profile,
        request: call(granted('notes:read', 'notes:write'), { body: callTool('delete-note') }),
        expect: allowed,
      },
      {
        id: `scope-names-${written}-metadata`,
        title: `the metadata publishes the names that challenges have, where they are written ${written}`,
        requirements: ['RFC9728-2-01'],
        profile,
        request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
        expect: {
          status: 200,
          body: { members: { scopes_supported: [`${full}notes:read`, `${full}notes:write`] } },
          handlerRan: false,
        },
      },
    ];
  }),
];
