import type { NameHints } from '../errors/unknown-option.js';

/** What is known about other names, wherever the options of a route are written. */
export const bearerAuthHints: NameHints = {
  elsewhere: {
    apiKeys: 'Write verifiers: [{ prefix, issuer, verify }].',
    keys: 'Write verifiers: [{ prefix, issuer, verify }].',
    needAuthentication: 'On a route it is requiredAuthentication: { acrValues, maxAgeSeconds }.',
    mutualTls: 'It is an option of the resource: protectedResources: { metadata, mutualTls }.',
    nonceSecrets: 'It is an option of all: new MCPAuth({ proofs: { nonceSecrets } }).',
    publicUrl:
      'It is an option of the resource: protectedResources: { metadata, dpop: { mode, publicUrl } }.',
    tokenHeader: 'It is an option of the resource: protectedResources: { metadata, tokenHeader }.',
    policy: "A policy is a rule: write operations: { tools: { 'a-tool': policy, '*': 'refuse' } }.",
    policies: "A policy is a rule: write operations: { tools: { 'a-tool': policy, '*': 'refuse' } }.",
  },
  renamed: {
    maxAgeSeconds: 'lifetimeWithoutExpirySeconds',
    context: 'asyncContext',
    authentication: 'requiredAuthentication',
  },
};
