const binding = { file: 'adapter/binding.ts', tests: ['adapter/run-in-two-steps', 'adapter/run-gate'] };

/** Changes of how the body of a request is read and judged. */
export const mutants = [
  {
    name: 'body that cannot be judged blamed on the token',
    file: 'challenge/operation-refusals.ts',
    search: 'export const refuseMalformedRequest = refuse(\n  400,',
    replace: 'export const refuseMalformedRequest = refuse(\n  401,',
    requirements: ['MCP-2026-07-28-RS-020'],
    tests: ['requirements/bodies'],
  },
  {
    ...binding,
    name: 'handler runs before the second question',
    search: "if (decision.kind === 'refuse' || decision.next === 'proceed') return decision;",
    replace: "if (decision.kind === 'refuse' || decision.next !== undefined) return decision;",
    requirements: ['MCP-2026-07-28-RS-030'],
  },
  {
    ...binding,
    name: 'second question forgotten between two hooks',
    search:
      "if (decision.next === 'authorize' || gate.authContext !== undefined) onPending(decision, exchange);",
    replace: 'if (gate.authContext !== undefined) onPending(decision, exchange);',
    requirements: ['MCP-2026-07-28-RS-030'],
  },
];
