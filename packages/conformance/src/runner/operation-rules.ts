import {
  allow,
  deny,
  needAuthentication,
  type OperationFunction,
  type OperationPolicy,
  PolicyUnavailableError,
} from '@mcp-auth/core';
import type { ComputedRule, ProfileOperationRule, ProfileOperations } from '../profiles/profile.js';

/** The same rules, with functions instead of what describes them. */
export function toOperations({ ruleTimeoutMs, ...operations }: ProfileOperations): OperationPolicy {
  const groups = Object.entries(operations as Readonly<Record<string, object>>).map(([group, rules]) => [
    group,
    Object.fromEntries(
      Object.entries(rules as Readonly<Record<string, ProfileOperationRule>>).map(([name, rule]) => [
        name,
        typeof rule === 'object' && 'computed' in rule ? toFunction(rule) : rule,
      ]),
    ),
  ]);
  return { ...(Object.fromEntries(groups) as OperationPolicy), ruleTimeoutMs };
}

/** Wrong answers are the point of some of these, so the type says what is promised, not what is given. */
function toFunction(rule: ComputedRule): OperationFunction {
  const fault = new Error('a fault of the application');
  switch (rule.computed) {
    case 'answers': {
      const { answer, late } = rule;
      // What an application in JavaScript may return by mistake is what these cases are about
      return (() => (late === true ? Promise.resolve(answer) : answer)) as unknown as OperationFunction;
    }
    case 'limits':
      return ({ arguments: given }) =>
        Number(given?.amount) <= rule.amount
          ? allow()
          : deny({ reason: rule.reason, public: rule.public, remediation: 'unavailable' });
    case 'throws':
      return () => {
        throw fault;
      };
    case 'rejects':
      return () => Promise.reject(fault);
    case 'is-down':
      return () => Promise.reject(new PolicyUnavailableError('the engine is down', { retryAfterSeconds: 7 }));
    case 'never-ends':
      return () => new Promise(() => undefined);
    case 'needs-login':
      return () => needAuthentication({ acrValues: ['mfa'], maxAgeSeconds: 300 });
  }
}
