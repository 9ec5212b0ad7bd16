import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { HandleOptions } from '../../src/handles/handle-options.js';
import { formatContent, parseContent } from '../../src/handles/handle-text.js';
import type { SealOptions } from '../../src/handles/handles.js';
import type { MCPAuthEvent } from '../../src/index.js';
import { encodeBase64url } from '../../src/secrets/base64url.js';
import { alice, bob, callerOf, createHandles, older, secret } from './callers.js';

const requirement = ['notes:export'];

async function codeOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
  } catch (error) {
    if (error instanceof MCPAuthConfigError) return `${error.code} ${error.path}`;
    throw error;
  }
  return undefined;
}

describe('a handle does not open', () => {
  test.each([
    ['another user', bob],
    ['the same name at another issuer', callerOf({ issuer: 'https://other.example.com' })],
    ['the client alone, without its user', callerOf({ subject: undefined })],
    ['a client that is called as the user is', callerOf({ subject: undefined, clientId: 'alice' })],
    ['the same user at another resource', callerOf({ resource: 'https://api.example.com/other' })],
    ['nobody', undefined],
    ['something that no gate has made', Object.assign(Object.create(null) as typeof alice, alice)],
  ])('for %s', async (_who, caller) => {
    const handles = createHandles();
    const handle = await handles.seal('7', { caller: alice, requirement });
    expect(await handles.open(handle, caller)).toBeUndefined();
    expect(await handles.open(handle, alice)).toBe('7');
  });

  test('for a token that no longer covers what its tool needs', async () => {
    const handles = createHandles();
    const handle = await handles.seal('7', { caller: alice, requirement });
    expect(await handles.open(handle, callerOf({ scopes: ['notes:read'] }))).toBeUndefined();
    expect(await handles.open(handle, callerOf({ scopes: ['notes:export'] }))).toBe('7');
  });

  test('where none of several scopes is there, or one of those that are all needed is missing', async () => {
    const handles = createHandles();
    const both = { allOf: ['a'], anyOf: ['b', 'c'] };
    const handle = await handles.seal('7', { caller: alice, requirement: both });
    for (const scopes of [[], ['a'], ['b', 'c']]) {
      expect(await handles.open(handle, callerOf({ scopes })), scopes.join()).toBeUndefined();
    }
    for (const scopes of [
      ['a', 'b'],
      ['a', 'c'],
    ]) {
      expect(await handles.open(handle, callerOf({ scopes })), scopes.join()).toBe('7');
    }
  });

  test('after its end', async () => {
    let now = 1_000_000;
    const handles = createHandles({ now: () => now, lifetimeSeconds: 60 });
    const usual = await handles.seal('7', { caller: alice, requirement });
    const short = await handles.seal('8', { caller: alice, requirement, expiresAt: 1010 });
    now += 9_999;
    expect(await handles.open(short, alice)).toBe('8');
    now += 1;
    expect(await handles.open(short, alice)).toBeUndefined();
    expect(await handles.open(usual, alice)).toBe('7');
    now += 50_000;
    expect(await handles.open(usual, alice)).toBeUndefined();
  });

  test('for another purpose, with another secret, or in another process without one', async () => {
    const handle = await createHandles().seal('7', { caller: alice, requirement });
    const others = [{ purpose: 'exports' }, { secrets: [older] }, { secrets: undefined }];
    for (const other of others) {
      expect(await createHandles(other).open(handle, alice)).toBeUndefined();
    }
    expect(await createHandles().open(handle, alice)).toBe('7');
  });

  test.each([undefined, null, 7, '', '.', '..', 'h1', 'h1..', ['h1'], { toString: () => 'h1.a.b' }])(
    'where it is none: %j',
    async (handle) => {
      expect(await createHandles().open(handle, alice)).toBeUndefined();
    },
  );
});

describe('whose a handle is', () => {
  test('a user’s, through whichever client', async () => {
    const handles = createHandles();
    const handle = await handles.seal('7', { caller: alice, requirement });
    expect(await handles.open(handle, callerOf({ clientId: 'another-client' }))).toBe('7');
  });

  test('that one client’s too, where it is bound to it', async () => {
    const handles = createHandles({ bindTo: 'client' });
    const handle = await handles.seal('7', { caller: alice, requirement });
    expect(await handles.open(handle, callerOf({ clientId: 'another-client' }))).toBeUndefined();
    expect(await handles.open(handle, callerOf({ subject: 'bob' }))).toBeUndefined();
    expect(await handles.open(handle, callerOf())).toBe('7');
  });

  test('a client’s, where the token names no user', async () => {
    const handles = createHandles();
    const job = callerOf({ subject: undefined, clientId: 'job' });
    const handle = await handles.seal('7', { caller: job, requirement });
    expect(await handles.open(handle, callerOf({ subject: undefined, clientId: 'other' }))).toBeUndefined();
    expect(await handles.open(handle, callerOf({ subject: 'job', clientId: 'job' }))).toBeUndefined();
    expect(await handles.open(handle, job)).toBe('7');
  });

  test.each([
    ['nobody', undefined, {}],
    ['a token that names neither user nor client', callerOf({ subject: undefined, clientId: '' }), {}],
    ['an empty user and no client', callerOf({ subject: '', clientId: '' }), {}],
    ['a caller of another resource', callerOf({ resource: 'https://api.example.com/other' }), {}],
    ['no client, where handles are bound to it', callerOf({ clientId: '' }), { bindTo: 'client' as const }],
  ])('%s can have none', async (_who, caller, options) => {
    const seal = () => createHandles(options).seal('7', { caller, requirement });
    expect(await codeOf(seal)).toBe('unsupported_option caller');
  });
});

describe('what a tool needs', () => {
  const operations: HandleOptions['operations'] = {
    tools: { export: { anyOf: ['notes:export', 'admin'] }, help: 'anonymous', '*': 'refuse' },
  };
  const call = (name: string) => ({ method: 'tools/call', params: { name } });

  test('comes from the rules of the route', async () => {
    const handles = createHandles({ operations });
    const handle = await handles.seal('7', { caller: alice, operation: call('export') });
    expect(await handles.open(handle, callerOf({ scopes: ['notes:read'] }))).toBeUndefined();
    expect(await handles.open(handle, callerOf({ scopes: ['admin'] }))).toBe('7');
    const open = await handles.seal('8', { caller: alice, operation: call('help') });
    expect(await handles.open(open, callerOf({ scopes: [] }))).toBe('8');
  });

  test('a login with a second factor stays needed, as good as the rule demanded', async () => {
    const acrValues = ['mfa', 'hwk'];
    const operations: HandleOptions['operations'] = {
      tools: {
        close: { allOf: ['notes:export'], authentication: { acrValues } },
        asked: () => ({ allOf: ['notes:export'], authentication: { acrValues } }),
        '*': 'refuse',
      },
    };
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const loggedIn = (acr?: unknown) => callerOf({ claims: acr === undefined ? {} : { acr } });
    for (const [name, observe] of [['close'], ['asked'], ['close', { operations: soon }]] as const) {
      const handles = createHandles({ operations, observe });
      const handle = await handles.seal('7', { caller: loggedIn('mfa'), operation: call(name) });
      for (const acr of ['pwd', undefined, ['mfa']]) {
        expect(await handles.open(handle, loggedIn(acr)), `${name} ${String(acr)}`).toBeUndefined();
      }
      for (const acr of acrValues) expect(await handles.open(handle, loggedIn(acr))).toBe('7');
    }
  });

  test('a recent login need not stay recent, for a task may outlive it', async () => {
    let now = 1_000_000_000;
    const operations: HandleOptions['operations'] = {
      tools: { close: { authentication: { maxAgeSeconds: 60 } }, '*': 'refuse' },
    };
    const handles = createHandles({ operations, now: () => now });
    const caller = callerOf({ claims: { auth_time: Math.floor(Date.now() / 1000) } });
    const handle = await handles.seal('7', { caller, operation: call('close') });
    now += 3_600_000;
    expect(await handles.open(handle, callerOf({ claims: { auth_time: 1 } }))).toBe('7');
  });

  test('a handle that was sealed before logins were part of it still opens', () => {
    const old = encodeBase64url(new TextEncoder().encode(JSON.stringify(['7', 2_000_000_000, ['a'], []])));
    const content = { id: '7', expiresAt: 2_000_000_000, allOf: ['a'], anyOf: [], acrValues: [] };
    expect(parseContent(old)).toEqual(content);
    expect(formatContent(content)).toBe(old);
  });

  test('follows the hierarchy of the resource', async () => {
    const handles = createHandles({ scopeHierarchy: { scopes: { admin: ['notes:export'] } } });
    const handle = await handles.seal('7', { caller: alice, requirement });
    expect(await handles.open(handle, callerOf({ scopes: ['admin'] }))).toBe('7');
  });

  test('is asked of a rule that is a function, and where that fails the owner hears of it', async () => {
    const events: MCPAuthEvent[] = [];
    const computed: HandleOptions['operations'] = {
      tools: {
        export: ({ arguments: given }) => [given?.all === true ? 'admin' : 'notes:export'],
        broken: () => {
          throw new Error('the engine is gone');
        },
        '*': 'refuse',
      },
    };
    const handles = createHandles({ operations: computed, events });
    const everything = { method: 'tools/call', params: { name: 'export', arguments: { all: true } } };
    const handle = await handles.seal('7', {
      caller: callerOf({ scopes: ['admin'] }),
      operation: everything,
    });
    expect(await handles.open(handle, alice)).toBeUndefined();
    expect(await handles.open(handle, callerOf({ scopes: ['admin'] }))).toBe('7');
    await expect(handles.seal('8', { caller: alice, operation: call('broken') })).rejects.toThrow();
    expect(events.map(({ type }) => type)).toEqual(['policy']);
  });

  test('is not guessed', async () => {
    const withRules = createHandles({ operations });
    const without = createHandles();
    const wrong: readonly (readonly [() => unknown, string])[] = [
      [() => without.seal('7', { caller: alice }), 'invalid_option requirement'],
      [
        () => without.seal('7', { caller: alice, operation: call('export') }),
        'unsupported_option operations',
      ],
      [
        () => withRules.seal('7', { caller: alice, operation: call('purge') }),
        'unsupported_option operations',
      ],
      [
        () => withRules.seal('7', { caller: alice, operation: { method: 'tools/call' } }),
        'unsupported_option operations',
      ],
      [
        () => without.seal('7', { caller: alice, requirement: 'notes' as unknown as string[] }),
        'invalid_option requirement',
      ],
      [() => without.seal('7', { caller: alice, requirement: ['a b'] }), 'invalid_scope requirement'],
      [
        () => without.seal('7', { caller: alice, requirement, expires: 5 } as unknown as SealOptions),
        'unknown_option expires',
      ],
      [
        () => without.seal('7', { caller: alice, requirement, expiresAt: Date.now() + 5000 }),
        'invalid_option expiresAt',
      ],
      [() => without.seal('7', { caller: alice, requirement, expiresAt: NaN }), 'invalid_option expiresAt'],
      [() => without.seal('', { caller: alice, requirement }), 'invalid_option id'],
      [() => without.seal('7'.repeat(2000), { caller: alice, requirement }), 'invalid_option id'],
      [() => without.seal(7 as unknown as string, { caller: alice, requirement }), 'invalid_option id'],
    ];
    for (const [run, code] of wrong) expect(await codeOf(run)).toBe(code);
  });
});

describe('secrets', () => {
  test('the first one seals, all of them open', async () => {
    const handle = await createHandles({ secrets: [older] }).seal('7', { caller: alice, requirement });
    const rotated = createHandles({ secrets: [secret, older] });
    expect(await rotated.open(handle, alice)).toBe('7');
    const fresh = await rotated.seal('8', { caller: alice, requirement });
    expect(await createHandles({ secrets: [older] }).open(fresh, alice)).toBeUndefined();
    expect(await createHandles({ secrets: [secret] }).open(fresh, alice)).toBe('8');
  });

  test('as bytes or as a string are the same', async () => {
    const handle = await createHandles().seal('7', { caller: alice, requirement });
    const bytes = createHandles({ secrets: [new TextEncoder().encode(secret)] });
    expect(await bytes.open(handle, alice)).toBe('7');
  });

  test.each([
    [[]],
    [['short']],
    [[secret, undefined]],
    [[secret, '']],
    [secret],
    [[new Uint8Array(31)]],
    [Array.from({ length: 9 }, () => secret)],
  ])('that protect nothing are refused: %j', (secrets) => {
    const create = () => createHandles({ secrets: secrets as string[] });
    expect(create).toThrow(MCPAuthConfigError);
    expect(create).toThrow(/32 bytes/);
    expect(create).not.toThrow(/the first secret|short/);
  });

  test('where there are none, handles end with the process, and the owner is told', async () => {
    const events: MCPAuthEvent[] = [];
    const handles = createHandles({ secrets: undefined, events });
    expect(events.map((event) => (event.type === 'warning' ? event.message : event.type))).toEqual([
      expect.stringMatching(
        /there are no secrets, so the handles of https:\/\/api\.example\.com\/mcp end with/,
      ),
    ]);
    expect(await handles.open(await handles.seal('7', { caller: alice, requirement }), alice)).toBe('7');
  });

  test('where there are some, nobody is told anything', () => {
    const events: MCPAuthEvent[] = [];
    createHandles({ events });
    expect(events).toEqual([]);
  });
});

test('an unknown option is an error', () => {
  const misspelt = { secret: [secret] } as HandleOptions;
  expect(() => createHandles(misspelt)).toThrow(/secret is unknown. Did you mean secrets\?/);
});
