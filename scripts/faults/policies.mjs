/** Faults in what rules that are functions come to. */
export const faults = [
  {
    name: 'an engine that is down passes',
    file: 'packages/core/src/operation/verdict.ts',
    search: "const strictest = ['refuse', 'error', 'unavailable', 'deny'] as const;",
    replace: "const strictest = ['refuse', 'error', 'deny'] as const;",
    also: [
      {
        file: 'packages/core/src/gate/operation-gate.ts',
        search: "if (verdict.kind === 'unavailable') return this.#refuseForNow(request, judged, verdict);",
        replace: "if (verdict.kind === 'unavailable') return this.#allow(request, auth, [], judged);",
      },
    ],
  },
  {
    name: 'a reason is told that is not public',
    file: 'packages/core/src/policy/policy-verdict.ts',
    search: 'public: isPublic = false',
    replace: 'public: isPublic = true',
  },
  {
    name: 'a denial is one of scopes',
    file: 'packages/core/src/gate/operation-gate.ts',
    search: 'return this.#deny(request, judged, verdict);',
    replace: 'return this.#refusals.anonymous(request, requirements);',
  },
  {
    name: 'what is nearly true is a permit of a decision point',
    file: 'packages/core/src/authzen/read-decision.ts',
    search: "if (typeof decision !== 'boolean')",
    replace: 'if (decision === undefined)',
    suite: 'authzen',
  },
  {
    name: 'the status of a decision point counts for nothing',
    file: 'packages/core/src/authzen/ask-decision-point.ts',
    search: 'if (status !== 200) return',
    replace: 'if (status === 0) return',
    suite: 'authzen',
  },
  {
    name: 'a denial of a decision point can be overruled',
    file: 'packages/core/src/authzen/to-answer.ts',
    search: "if (kind === 'deny' || kind === 'authentication')",
    replace: "if (kind !== 'depends')",
    suite: 'authzen',
  },
];
