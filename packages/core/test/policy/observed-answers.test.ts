import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AuthInfo } from '../../src/index.js';
import type { MCPAuthEvent, ObserveOptions, OperationPolicy } from '../../src/index.js';
import type { ListFilterOptions } from '../../src/config/sdk-options.js';
import { createAuth, post, resource, verify } from '../context/callers.js';
import { configError } from '../support/config-error.js';

afterEach(() => void vi.useRealTimers());

const dayMs = 86_400_000;
const last = '2026-01-31';
const secrets = ['a secret of 32 bytes or more, shared by all replicas'];
const operations: OperationPolicy = {
  tools: { search: ['notes:read'], retired: 'refuse', help: 'anonymous', '*': ['notes:write'] },
};
const items = [{ name: 'search' }, { name: 'retired' }, { name: 'help' }, { name: 'other' }];

/** What takes the option of the route, at the beginning of 2026. */
async function observing(observe: ObserveOptions | undefined, requiredScopes: readonly string[] = ['route']) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) });
  const events: MCPAuthEvent[] = [];
  const auth = createAuth({ events });
  const callers: AuthInfo[] = [];
  const keep = {
    fetch: (_request: Request, info?: { readonly authInfo?: unknown }) => {
      callers.push(info?.authInfo as AuthInfo);
      return new Response();
    },
  };
  await auth.protect(keep, verify, { resource }).fetch(post({ subject: 'u', clientId: 'c', scopes: [] }));
  const [own] = callers;
  if (own === undefined) throw new Error('no caller');
  const options: ListFilterOptions = { resource, operations, requiredScopes, observe };
  const filter = auth.listFilter(options);
  const challenge = auth.scopeChallenge(operations, { resource, requiredScopes, observe });
  events.length = 0;
  return {
    auth,
    caller: own,
    options,
    list: async (by: unknown = own) =>
      (await filter.visible('tools', items, by as AuthInfo)).map(({ name }) => name),
    challenge: (name: string, by: unknown = own) =>
      challenge({ request: { method: 'tools/call', params: { name } }, authInfo: by as AuthInfo }),
    observed: () => events.flatMap((event) => ('observed' in event ? [event.observed] : [])),
    warnings: () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
  };
}

describe('what a list, a scope challenge or a handle cannot observe is refused when it is made', () => {
  const auth = () => createAuth();
  const make = {
    listFilter: (options: object) => auth().listFilter({ resource, operations, ...options }),
    securitySchemes: (options: object) => auth().securitySchemes({ resource, operations, ...options }),
    scopeChallenge: (options: object) => auth().scopeChallenge(operations, { resource, ...options }),
    handles: (options: object) => auth().handles({ resource, secrets, ...options }),
  };

  test.each(Object.entries(make))('%s', (_name, create) => {
    const far = configError(() => create({ observe: { operations: '9999-12-31' } }));
    expect([far.path, far.message]).toEqual([
      'observe.operations',
      expect.stringContaining('at most 90 days'),
    ]);
    expect(configError(() => create({ observe: { tokens: last } })).path).toBe('observe.tokens');
    const nothing = configError(() => create({ observe: { scopes: '2020-01-01' } }));
    expect([nothing.path, nothing.message]).toEqual([
      'observe.scopes',
      expect.stringContaining('has nothing to observe'),
    ]);
  });
});

describe('a list', () => {
  test('hides what lacks the scopes of a part that is not observed', async () => {
    expect(await (await observing({ operations: last })).list()).toEqual(['help']);
    expect(await (await observing({ scopes: last })).list()).toEqual(['help']);
  });

  test('hides it from callers whom no gate has verified, and from those without a token', async () => {
    const { list } = await observing({ scopes: last, operations: last });
    expect(await list({ scopes: [] })).toEqual(['help']);
    expect(await list({})).toEqual(['help']);
  });

  test('hides it again after the day, and the owner is warned once', async () => {
    const { list, warnings } = await observing({ scopes: last, operations: last });
    vi.setSystemTime(Date.UTC(2026, 0, 31) + dayMs);
    expect(await list()).toEqual(['help']);
    await list();
    expect(warnings().filter((text) => text.includes('is over'))).toHaveLength(1);
  });

  test('shows what the gate lets pass, and tells of none', async () => {
    const { list, observed } = await observing({ scopes: last, operations: last });
    expect(await list()).toEqual(['search', 'help', 'other']);
    expect(observed()).toEqual([]);
  });

  test('with security schemes names all scopes in any case, so that clients ask for them in time', async () => {
    const { auth, options } = await observing({ scopes: last, operations: last });
    expect(await auth.securitySchemes(options).of('search')).toEqual([
      { type: 'oauth2', scopes: ['route', 'notes:read'] },
    ]);
  });
});

describe('a scope challenge', () => {
  test('is made for callers whom no gate has verified, and for those without a token', async () => {
    const { challenge } = await observing({ scopes: last, operations: last });
    await expect(challenge('search', { scopes: [] })).resolves.toHaveProperty('scopes');
    await expect(challenge('search', null)).resolves.toHaveProperty('scopes');
  });

  test('is made for the scopes of a part that is not observed, and names everything', async () => {
    const { challenge, observed } = await observing({ operations: last });
    expect((await challenge('search'))?.scopes).toEqual(['route', 'notes:read']);
    expect(observed()).toEqual([]);
  });

  test('does not let pass what a rule refuses', async () => {
    const { challenge } = await observing({ scopes: last, operations: last });
    await expect(challenge('retired')).rejects.toMatchObject({ code: 'refused_operation' });
  });

  test('is made after the day', async () => {
    const { challenge } = await observing({ scopes: last, operations: last });
    vi.setSystemTime(Date.UTC(2026, 0, 31) + dayMs);
    await expect(challenge('search')).resolves.toHaveProperty('scopes');
  });

  test('is not made until then, and each request that passes is told and counted', async () => {
    const { challenge, observed } = await observing({ scopes: last, operations: last });
    expect(await challenge('search')).toBeUndefined();
    expect(await challenge('other')).toBeUndefined();
    expect(observed()).toMatchObject([
      { parts: ['scopes', 'operations'], until: last, count: 1, countedAs: 'client' },
      { parts: ['scopes', 'operations'], until: last, count: 2, countedAs: 'client' },
    ]);
  });
});

describe('a handle', () => {
  const observingHandles = async (observe: ObserveOptions | undefined) => {
    const world = await observing(undefined);
    const now = () => Date.now();
    const handles = world.auth.handles({ resource, secrets, operations, observe, now });
    const operation = { method: 'tools/call', params: { name: 'search' } };
    return { ...world, handles, operation };
  };

  test('does not open without its scopes where nothing is observed, and after the day', async () => {
    const before = await observingHandles(undefined);
    const handle = await before.handles.seal('7', { caller: before.caller, operation: before.operation });
    expect(await before.handles.open(handle, before.caller)).toBeUndefined();
    const after = await observingHandles({ operations: last });
    const expiresAt = Date.UTC(2026, 5, 1) / 1000;
    const other = await after.handles.seal('7', { caller: after.caller, requirement: ['a'], expiresAt });
    expect(await after.handles.open(other, after.caller)).toBe('7');
    vi.setSystemTime(Date.UTC(2026, 0, 31) + dayMs);
    expect(await after.handles.open(other, after.caller)).toBeUndefined();
    expect(after.warnings().filter((text) => text.includes('is over'))).toHaveLength(1);
  });

  test('of another, an altered or an expired one does not open while scopes are observed', async () => {
    const { handles, caller, observed } = await observingHandles({ operations: last });
    const handle = await handles.seal('7', { caller, requirement: ['a'] });
    expect(await handles.open(`${handle}x`, caller)).toBeUndefined();
    expect(await handles.open(handle, undefined)).toBeUndefined();
    vi.setSystemTime(Date.UTC(2026, 0, 3));
    expect(await handles.open(handle, caller)).toBeUndefined();
    expect(observed()).toEqual([]);
  });

  test('opens without the scopes of the rule or of its requirement, and each is told and counted', async () => {
    const { handles, caller, operation, observed } = await observingHandles({ operations: last });
    const ofRule = await handles.seal('7', { caller, operation });
    const ofRequirement = await handles.seal('8', { caller, requirement: { anyOf: ['a', 'b'] } });
    expect(await handles.open(ofRule, caller)).toBe('7');
    expect(await handles.open(ofRequirement, caller)).toBe('8');
    expect(observed()).toMatchObject([
      { parts: ['operations'], until: last, count: 1 },
      { parts: ['operations'], until: last, count: 2 },
    ]);
  });

  test('of a task is listed as it opens, and a list tells of none', async () => {
    const { handles, caller, observed } = await observingHandles({ operations: last });
    const task = { taskId: '7' };
    const store = {
      createTask: () => Promise.resolve(task),
      getTask: () => Promise.resolve(task),
      storeTaskResult: () => Promise.resolve(),
      getTaskResult: () => Promise.resolve({}),
      updateTaskStatus: () => Promise.resolve(),
      listTasks: () => Promise.resolve({ tasks: [task] }),
    };
    const guarded = handles.taskStore(store, () => caller) as unknown as {
      createTask(params: object, id: number, request: object): Promise<typeof task>;
      listTasks(): Promise<{ tasks: (typeof task)[] }>;
    };
    const made = await guarded.createTask({}, 1, { method: 'tools/call', params: { name: 'search' } });
    expect((await guarded.listTasks()).tasks).toEqual([made]);
    expect(observed()).toEqual([]);
  });
});
