import type { BearerAuthOptions, OperationPolicy, ScopeChallengeHandler } from '@mcp-auth/core';
import type { BaseMCPAuth } from '@mcp-auth/core/adapter';
import { names, needs } from './contract.js';

/**
 * Who answers where scopes are missing: our middleware, from the body, in front of any server; or the official SDK,
 * behind our middleware, told by us what to ask for.
 */
export type Mechanism = 'middleware' | 'sdk';

/** What the official SDK asks before it runs something. */
export type Challenges = Readonly<Partial<Record<keyof typeof needs, ScopeChallengeHandler>>>;

const operations: OperationPolicy = {
  tools: { [names.tool]: needs.tool, '*': 'refuse' },
  resources: {
    [names.staticResource]: needs.staticResource,
    [names.template]: needs.template,
    '*': 'refuse',
  },
  prompts: { [names.prompt]: needs.prompt, '*': 'refuse' },
};

/** Options of the route. */
export function getRouteOptions(mechanism: Mechanism, resource: string): BearerAuthOptions {
  return mechanism === 'middleware' ? { resource, operations } : { resource };
}

/** One handler for everything: it judges by the same rules as the middleware. */
export function getChallenges(mechanism: Mechanism, resource: string, mcpAuth: BaseMCPAuth): Challenges {
  if (mechanism === 'middleware') return {};
  const challenge = mcpAuth.scopeChallenge(operations, { resource });
  return {
    tool: mcpAuth.scopeChallenge(needs.tool, { resource }),
    staticResource: mcpAuth.scopeChallenge(needs.staticResource, { resource }),
    template: challenge,
    prompt: challenge,
  };
}
