/** Faults in where the token checks of Nest stand, and in what passes the guard. */
export const faults = [
  {
    name: 'Nest: a request that has seen no check reaches its handler',
    file: 'packages/nest/src/protected-routes.ts',
    search: 'if (route !== undefined && this.#admitted.get(request.raw ?? request) === route) return;',
    replace: 'return;',
    suite: 'nest',
  },
  {
    name: 'Nest: the check of another handler is enough',
    file: 'packages/nest/src/protected-routes.ts',
    search: 'this.#admitted.get(request.raw ?? request) === route',
    replace: 'this.#admitted.has(request.raw ?? request)',
    suite: 'nest',
  },
  {
    name: 'Nest: scopes of a controller are lost where its method has its own',
    file: 'packages/nest/src/protected-routes.ts',
    search: 'const rules = [...readRules(type), ...own];',
    replace: 'const rules = own.length > 0 ? own : readRules(type);',
    suite: 'nest',
  },
  {
    name: 'Nest: of two decorators one is lost',
    file: 'packages/nest/src/rules.ts',
    search: '[...readRules(target), rule]',
    replace: '[rule]',
    suite: 'nest',
  },
  {
    name: 'Nest: a handler without a route is no error',
    file: 'packages/nest/src/protected-routes.ts',
    search: 'if (this.#found.has(route)) continue;',
    replace: 'continue;',
    suite: 'nest-start',
  },
  {
    name: 'Nest: on Express bodies are parsed in front of the check',
    file: 'packages/nest/src/on-express.ts',
    search: 'if (parser !== -1) stack.splice(parser, 0, ...stack.splice(own));',
    replace: '',
    suite: 'nest',
  },
  {
    name: 'a method that stands in place of a protected one loses its check without a sign',
    file: 'packages/nest/src/protected-routes.ts',
    search: 'if (base !== undefined) throw overrides(name, base);',
    replace: '',
    suite: 'nest-start',
  },
];
