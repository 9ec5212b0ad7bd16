import type { OperationRule, TokenInfo, VerifyAccessToken } from '@mcp-auth/core';
import { MCPAuthTokenVerificationError } from '@mcp-auth/core';

const prefix = 'mcp:conformance';

/** What each operation of the fixture needs, all of it. */
export const needs = {
  tool: [`${prefix}:tools:call`, `${prefix}:tools:test_simple_text`],
  staticResource: [`${prefix}:resources:read`, `${prefix}:resources:static`],
  template: ({ operation: { variables } }) => [
    `${prefix}:resources:read`,
    `${prefix}:resources:template:${variables['id'] ?? ''}`,
  ],
  prompt: [`${prefix}:prompts:get`, `${prefix}:prompts:test_simple_prompt`],
} satisfies Record<string, OperationRule>;

/** The operations of the fixture, by name, URI and URI template. */
export const names = {
  tool: 'test_simple_text',
  staticResource: 'test://static-text',
  template: 'test://template/{id}/data',
  prompt: 'test_simple_prompt',
} as const;

/** The two tokens a conformance client presents. */
export const tokens = {
  low: 'mcp-conformance-scope-low',
  full: 'mcp-conformance-scope-full',
} as const;

const scopesByToken: Readonly<Record<string, readonly string[]>> = {
  [tokens.low]: [`${prefix}:baseline`],
  [tokens.full]: [
    `${prefix}:baseline`,
    ...needs.tool,
    ...needs.staticResource,
    `${prefix}:resources:template:123`,
    ...needs.prompt,
  ],
};

/** The issuer these tokens are said to come from. Nobody asks it for anything. */
export const issuer = 'https://as.example.com';

/** Knows the two tokens. For tests: whoever reads this can present them. */
export function createVerifier(resource: string): VerifyAccessToken {
  return (token): TokenInfo => {
    const scopes = Object.hasOwn(scopesByToken, token) ? scopesByToken[token] : undefined;
    if (scopes === undefined) throw new MCPAuthTokenVerificationError('rejected_by_verifier');
    return {
      issuer,
      audience: resource,
      clientId: 'conformance',
      subject: 'conformance',
      scopes,
      expiresAt: Math.floor(Date.now() / 1000) + 3600,
    };
  };
}
