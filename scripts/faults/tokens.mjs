/** Faults in the judgement of a token: whom it is for, who issued it, whether it is genuine and current. */
export const faults = [
  {
    name: 'audience not compared',
    file: 'packages/core/src/token/audience.ts',
    search: 'if (matches) return undefined;',
    replace: 'return undefined;',
    requirements: ['MCP-2026-07-28-RS-016', 'RFC9068-4-02'],
  },
  {
    name: 'missing audience accepted',
    file: 'packages/core/src/token/audience.ts',
    search: "return reject('missing_audience', 'aud', { expected: [...values] });",
    replace: 'return undefined;',
    requirements: ['MCP-2026-07-28-RS-031'],
  },
  {
    name: 'audience compared by prefix',
    file: 'packages/core/src/token/audience.ts',
    search: "typeof audience === 'string' ? values.has(audience)",
    replace: "typeof audience === 'string' ? [...values].some((value) => audience.startsWith(value))",
    requirements: ['RFC9068-4-02'],
  },
  {
    name: 'issuer not compared',
    file: 'packages/core/src/verifier/jwt-verifier.ts',
    search: 'const issuer = issuers.get(iss);',
    replace: 'const issuer = issuers.get(iss) ?? [...issuers.values()][0];',
    also: [
      {
        file: 'packages/core/src/gate/route-policy.ts',
        search: 'audiences.get(token.issuer) ?? noAudience',
        replace: 'audiences.get(token.issuer) ?? [...audiences.values()][0] ?? noAudience',
      },
    ],
    requirements: ['RFC9068-4-01', 'RFC8725-3.8-01'],
  },
  {
    name: 'key of another issuer accepted',
    file: 'packages/core/src/verifier/jwt-verifier.ts',
    search: 'return runSteps(verifyWithIssuer(token, jwt, issuer, rules, known));',
    replace: `return (async () => {
      const own = await runSteps(verifyWithIssuer(token, jwt, issuer, rules, known));
      for (const { keys } of issuers.values()) {
        const other = await runSteps(verifyWithIssuer(token, jwt, { ...issuer, keys }, rules, known));
        if (other.kind === 'verified') return other;
      }
      return own;
    })();`,
    requirements: ['RFC8725-3.8-01', 'RFC9068-4-03'],
  },
  {
    name: 'exp ignored',
    file: 'packages/core/src/verifier/claim-rules.ts',
    search: "if (!(exp > now - tolerance)) return reject('token_expired', 'exp', { actual: exp });",
    replace: '',
    requirements: ['RFC9068-4-04', 'MCP-2026-07-28-RS-017'],
  },
  {
    name: 'missing exp accepted',
    file: 'packages/core/src/verifier/claim-rules.ts',
    search: "if (exp === undefined) return reject('missing_claim', 'exp');",
    replace: 'if (exp === undefined) return undefined;',
    requirements: ['RFC9068-2.2-01'],
  },
  {
    name: 'nbf ignored',
    file: 'packages/core/src/verifier/claim-rules.ts',
    search: "return reject('token_not_yet_valid', 'nbf', { actual: nbf });",
    replace: '',
    requirements: ['OAUTH21-5.2-01'],
  },
  {
    name: 'bound token taken as bearer',
    file: 'packages/core/src/verifier/claim-rules.ts',
    search:
      "return readConfirmation(claims, methods) === 'unusable' ? reject('sender_constrained', 'cnf') : undefined;",
    replace: 'return undefined;',
    also: [
      {
        file: 'packages/core/src/verifier/jwt-verifier.ts',
        search: 'confirmation: readConfirmation(claims, confirmations) as Confirmation | undefined,',
        replace: 'confirmation: undefined,',
      },
    ],
    requirements: ['RFC9449-7.2-01'],
  },
  {
    name: 'crit ignored',
    file: 'packages/core/src/token/algorithms.ts',
    search: "if (Object.hasOwn(header, 'crit')) return reject('critical_header');",
    replace: '',
    requirements: ['RFC8725-3.10-01'],
  },
  {
    name: 'typ ignored',
    file: 'packages/core/src/token/algorithms.ts',
    search: "return reject('unsupported_type', undefined, { expected: [...accepted], actual: typ });",
    replace: 'return undefined;',
    requirements: ['RFC8725-3.12-01'],
  },
  {
    name: 'audience of a carried-over verifier not compared',
    file: 'packages/core/src/verifier/verifier-checks.ts',
    search: 'audience: audiences[0] ?? checks.audience,',
    replace: 'audience: checks.audience,',
    also: [
      {
        file: 'packages/core/src/verifier/verifier-checks.ts',
        search: 'checkAudiences(audiences, checks) ??',
        replace: '',
      },
    ],
    requirements: ['MCP-2026-07-28-RS-016'],
  },
  {
    name: 'resource of a carried-over verifier not compared',
    file: 'packages/core/src/verifier/verifier-checks.ts',
    search: "return resources.has(identifier) ? undefined : reject('wrong_audience', 'resource');",
    replace: 'return undefined;',
    requirements: ['MCP-2026-07-28-RS-016'],
  },
  {
    name: 'one token may take all the room of the others',
    suite: 'cache',
    file: 'packages/core/src/cache/eviction-room.ts',
    search: 'content.bytes <= maxBytes / 2',
    replace: 'content.bytes <= maxBytes',
  },
  {
    name: 'a flood of tokens takes the places of those in use',
    suite: 'cache',
    file: 'packages/core/src/cache/eviction-room.ts',
    search: 'if (chosen === undefined || sample.usedIn < chosen.usedIn) chosen = sample;',
    replace: 'chosen = sample;\n      break;',
  },
  {
    name: 'half of what is kept is given up before it is full',
    suite: 'cache',
    file: 'packages/core/src/cache/eviction-room.ts',
    search: 'this.#contents.length >= maxEntries ||',
    replace: 'this.#contents.length >= maxEntries / 2 ||',
  },
];
