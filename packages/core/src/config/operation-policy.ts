import type { OperationPolicy } from '../operation/operation-policy.js';
import { type AuthenticationNeed, checkAuthentication } from '../policy/authentication-need.js';
import { isScopeToken } from '../scopes/scopes.js';
import { list, object, type Described } from './check-options.js';
import { isPlain } from '../errors/plain-object.js';
import { kind, timeoutMs } from './kinds.js';

/** RFC 6749 §3.3. */
const scope = kind<string>(
  'a scope: printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3)',
  isScopeToken,
  { shown: true },
);

/** Scopes that a route, a rule or an operation needs. */
export const scopeList = list({ ...scope, hint: writeScopes }, { code: 'invalid_scope', hint: writeScopes });

/** Scopes that came as one string, or as a set. */
function writeScopes(value: unknown): string | undefined {
  if (value instanceof Set) return 'write [...set]';
  const scopes = typeof value === 'string' ? value.split(/[\s,]+/).filter(isScopeToken) : [];
  return scopes.length === 0 ? undefined : `write ${JSON.stringify(scopes).slice(0, 200)}`;
}

/** How users must have logged in. */
export const authenticationNeed = kind<AuthenticationNeed>(
  'an object with acrValues, maxAgeSeconds or both',
  isPlain,
  { inside: checkAuthentication },
);

/** The rules in a group are judged where they are compiled: their names are tools, URIs, prompts and methods. */
const rules = kind<NonNullable<OperationPolicy['tools' | 'resources' | 'prompts']>>(
  'an object with a rule for each name, and one for "*"',
  isPlain,
);

export const operationPolicyMembers = {
  tools: rules,
  resources: rules,
  prompts: rules,
  methods: kind<NonNullable<OperationPolicy['methods']>>('an object with a rule for each method', isPlain),
  ruleTimeoutMs: timeoutMs,
} satisfies Described<OperationPolicy>;

/** What single operations need. */
export const operationPolicy = object<OperationPolicy>(operationPolicyMembers, {
  note: 'Operations are grouped as tools, resources, prompts and methods.',
});
