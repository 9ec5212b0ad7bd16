/** Faults in who can use what a client brings back. */
export const faults = [
  {
    name: 'handle opens for anybody',
    file: 'packages/core/src/handles/sealed-handles.ts',
    search: "JSON.stringify([this.#options.purpose ?? 'tasks', principal, content])",
    replace: "JSON.stringify([this.#options.purpose ?? 'tasks', content])",
    suite: 'handles',
  },
  {
    name: 'handle opens without its scopes',
    file: 'packages/core/src/handles/sealed-handles.ts',
    search: ' && this.#covers(read, caller, observes)',
    replace: '',
    suite: 'handles',
  },
  {
    name: 'handle never ends',
    file: 'packages/core/src/handles/sealed-handles.ts',
    search: 'this.#seconds() < read.expiresAt && ',
    replace: '',
    suite: 'handles',
  },
  {
    name: 'client taken for a user of the same name',
    file: 'packages/core/src/handles/principal.ts',
    search: "JSON.stringify(['client-only', issuer, clientId, resource])",
    replace: "JSON.stringify(['subject', issuer, clientId, resource])",
    suite: 'handles',
  },
  {
    name: 'handle of another resource',
    file: 'packages/core/src/handles/principal.ts',
    search: ' || caller.resource.href !== resource',
    replace: '',
    suite: 'handles',
  },
  {
    name: 'handle forgets how its maker had logged in',
    file: 'packages/core/src/handles/sealed-handles.ts',
    search: 'acrValues.some((values) =>',
    replace: '[].some((values) =>',
    suite: 'handles',
  },
];
