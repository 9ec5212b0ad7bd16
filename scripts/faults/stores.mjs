/** Faults in what processes share, and in who is believed. */
export const faults = [
  {
    name: 'an answer is opened for another place',
    file: 'packages/core/src/introspection/shared-answers.ts',
    search:
      'return JSON.stringify([version, name, issuer, clientId ?? null, this.#access.resource ?? null]);',
    replace: 'return JSON.stringify([version, issuer, clientId ?? null, this.#access.resource ?? null]);',
    suite: 'shared-answers',
  },
  {
    name: 'an answer moves from one resource to another',
    file: 'packages/core/src/introspection/shared-answers.ts',
    search:
      'return JSON.stringify([version, name, issuer, clientId ?? null, this.#access.resource ?? null]);',
    replace: 'return JSON.stringify([version, name, issuer, clientId ?? null]);',
    suite: 'shared-answers',
  },
  {
    name: 'an answer that nobody has sealed is believed',
    file: 'packages/core/src/introspection/shared-answers.ts',
    search: 'if (text !== undefined) return text;',
    replace: 'return text ?? sealed;',
    suite: 'shared-answers',
  },
  {
    name: 'a shared answer about an inactive token is believed',
    file: 'packages/core/src/introspection/introspection-cache.ts',
    search: "if (found?.answer.kind !== 'active') return undefined;",
    replace: 'if (found === undefined) return undefined;',
    suite: 'shared-answers',
  },
  {
    name: 'a revocation that nobody has sealed is applied',
    file: 'packages/core/src/streams/shared-revocations.ts',
    search: 'await this.#sealer.open(entry, place);',
    replace: '((await this.#sealer.open(entry, place)) ?? entry);',
    suite: 'shared-revocations',
  },
  {
    name: 'a list that is gone is not made again',
    file: 'packages/core/src/streams/shared-revocations.ts',
    search: 'known.isShared = this.#sinceStart.has(known.entry);',
    replace: 'known.isShared = true;',
    suite: 'shared-revocations',
  },
  {
    name: 'a revocation that was not told is forgotten',
    file: 'packages/core/src/streams/shared-revocations.ts',
    search: '    this.#remember(known);\n    return this.#deliver(known);',
    replace: '    return this.#deliver(known);',
    suite: 'shared-revocations',
  },
  {
    name: 'streams stay open after a revocation of another process',
    file: 'packages/core/src/streams/shared-revocations.ts',
    search: 'if (added > 0) this.#options.onAdded();',
    replace: '',
    suite: 'shared-revocations',
  },
  {
    name: 'a claim that nobody answered for passes',
    file: 'packages/core/src/stores/guarded-claims.ts',
    search: 'if (own === undefined) throw error;',
    replace: "if (own === undefined) return 'claimed';",
    suite: 'claims',
  },
  {
    name: 'an answer to a claim that is none passes',
    file: 'packages/core/src/stores/guarded-claims.ts',
    search: 'if (!outcomes.has(answer)) throw',
    replace: 'if (answer === undefined) throw',
    suite: 'claims',
  },
];
