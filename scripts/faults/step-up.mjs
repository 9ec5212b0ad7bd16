/** Faults in what is demanded of logins. */
const file = 'packages/core/src/policy/check-login.ts';

export const faults = [
  {
    name: 'any level of a login is enough',
    file,
    search: "!(typeof acr === 'string' && acrValues.includes(acr))",
    replace: "typeof acr !== 'string'",
    requirements: ['RFC9470-3-01'],
  },
  {
    name: 'a login at no known time is recent',
    file,
    search: "if (typeof time !== 'number' || !(time >= 0)) return false;",
    replace: "if (typeof time !== 'number' || !(time >= 0)) return true;",
    requirements: ['RFC9470-6-01'],
  },
  {
    name: 'a login that is still to come is recent',
    file,
    search: 'loggedInAt <= seconds + aheadToleranceSeconds && ',
    replace: '',
    requirements: ['RFC9470-6-01'],
  },
  {
    name: 'a login never gets old',
    file,
    search: 'seconds - loggedInAt <= maxAgeSeconds',
    replace: 'maxAgeSeconds >= 0',
    requirements: ['RFC9470-3-02'],
  },
  {
    name: 'a login that falls short is a matter of scopes',
    file: 'packages/core/src/gate/route-policy.ts',
    search: "if (login.kind === 'authentication') {",
    replace: "if (login.kind === 'authentication' && requiredScopes.length === 0) {",
    requirements: ['RFC9470-3-01'],
  },
  {
    name: 'where the body decides, the route demands no login',
    file: 'packages/core/src/operation/judge-login.ts',
    search: "if (login === undefined || (verdict.kind !== 'needs' && verdict.kind !== 'authentication'))",
    replace: "if (login === undefined || verdict.kind !== 'authentication')",
    suite: 'step-up',
  },
  {
    name: 'of two logins, the weaker one is asked for',
    file: 'packages/core/src/policy/authentication-need.ts',
    search: 'Math.min(maxAgeSeconds ?? Infinity, other.maxAgeSeconds ?? Infinity)',
    replace: 'Math.max(maxAgeSeconds ?? 0, other.maxAgeSeconds ?? 0)',
    suite: 'step-up',
  },
];
