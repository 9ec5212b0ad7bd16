/** Faults in who gets in with a key, and in what passes for a time only. */
export const faults = [
  {
    name: 'a key that is refused falls through to the verifier of tokens',
    file: 'packages/core/src/verifier/select-verifier.ts',
    search: 'return Object.assign((token: string) => select(token)(token), {',
    replace: `return Object.assign(async (token: string) => {
      const verdict = await select(token)(token);
      return verdict.kind === 'rejected' ? rest(token) : verdict;
    }, {`,
    requirements: ['RFC7662-4-02'],
  },
  {
    name: 'issuer of a key not compared',
    file: 'packages/core/src/verifier/verifier-checks.ts',
    search: 'return stated.every((value) => value === issuer) ? undefined',
    replace: 'return stated.length >= 0 ? undefined',
    requirements: ['OAUTH21-5.2-01', 'MCP-2026-07-28-RS-015'],
  },
  {
    name: 'observation never ends',
    file: 'packages/core/src/gate/observation.ts',
    search: 'return this.#deadlines.get(part)?.hasEnded() === false;',
    replace: 'return this.#deadlines.has(part);',
    requirements: ['RFC6750-3.1-03'],
  },
  {
    name: 'observation lets a request without a token pass',
    file: 'packages/core/src/gate/bearer-gate.ts',
    search: 'this.#operations.admitAnonymous(head) ?? this.#challenge(head)',
    replace: `this.#operations.admitAnonymous(head) ??
      (this.#options.observation?.covers('scopes')
        ? { kind: 'allow', auth: undefined, headers: [], next: 'proceed', requirements: [] }
        : this.#challenge(head))`,
    requirements: ['MCP-2026-07-28-RS-013', 'RFC6750-3.1-02'],
  },
  {
    name: 'an audience with an end never ends',
    file: 'packages/core/src/token/audience.ts',
    search: 'if (deadline === undefined || deadline.hasEnded()) return false;',
    replace: 'if (deadline === undefined) return false;',
    suite: 'audiences',
  },
];
