import {
  createMcpHandler,
  createRequestStateCodec,
  inputRequired,
  McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Handles, StateCodec } from '../../src/index.js';
import { serve, type Caller } from '../context/callers.js';
import { wires } from '../sdk/wires.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { alice, bob, callerOf, createHandles, older, secret } from './callers.js';

interface Draft {
  readonly step: number;
}

/** What the SDK hands to a handler of a tool that a client of MCP 2026-07-28 calls. */
function contextOf(authInfo: unknown, { tool = 'import', method = 'tools/call' } = {}): ServerContext {
  const req = new Request('https://api.example.com/mcp', { headers: { 'mcp-name': tool } });
  return { mcpReq: { method }, http: { authInfo, req } } as unknown as ServerContext;
}

const codecOf = (handles: Handles): StateCodec<Draft, ServerContext> =>
  handles.requestState(({ key, bind }) => createRequestStateCodec<Draft>({ key, bind }));

describe('a state is refused', () => {
  const codec = codecOf(createHandles());
  test.each([
    ['from another user', contextOf(bob)],
    ['from the same name at another issuer', contextOf(callerOf({ issuer: 'https://other.example.com' }))],
    ['from nobody', contextOf(undefined)],
    ['for another tool', contextOf(alice, { tool: 'purge' })],
    ['for another method', contextOf(alice, { method: 'prompts/get' })],
  ])('%s', async (_who, context) => {
    const state = await codec.mint({ step: 2 }, contextOf(alice));
    await expect(codec.verify(state, context)).rejects.toThrow();
    await expect(codec.verify(state, contextOf(alice))).resolves.toEqual({ step: 2 });
  });

  test('under a secret that is none of these', async () => {
    const state = await codecOf(createHandles({ secrets: [older] })).mint({ step: 2 }, contextOf(alice));
    await expect(codec.verify(state, contextOf(alice))).rejects.toThrow('mac');
    const rotated = codecOf(createHandles({ secrets: [secret, older] }));
    await expect(rotated.verify(state, contextOf(alice))).resolves.toEqual({ step: 2 });
    await expect(rotated.verify(state, contextOf(bob))).rejects.toThrow('bind');
  });

  test('when it is expired, whichever secret it is under', async () => {
    const handles = createHandles({ secrets: [secret, older] });
    const short = createHandles({ secrets: [older] }).requestState(({ key, bind }) =>
      createRequestStateCodec<Draft>({ key, bind, ttlSeconds: -1 }),
    );
    const state = await short.mint({ step: 2 }, contextOf(alice));
    await expect(codecOf(handles).verify(state, contextOf(alice))).rejects.toThrow('expired');
  });

  test('and nobody gets one who cannot be told from others', async () => {
    await expect(codec.mint({ step: 2 }, contextOf(undefined))).rejects.toThrow(/cannot own a handle/);
  });

  test('when it is cut, altered or put together', propertyTest, async () => {
    const states = await Promise.all([1, 2].map((step) => codec.mint({ step }, contextOf(alice))));
    const [state = '', other = ''] = states;
    const spoilt = fc.oneof(
      fc
        .tuple(fc.nat(state.length), fc.nat(state.length))
        .map(([a, b]) => state.slice(Math.min(a, b), Math.max(a, b))),
      fc.nat(state.length).map((at) => state.slice(0, at) + other.slice(at)),
      fc
        .array(fc.constantFrom(...state.split('.'), ...other.split('.')), { maxLength: 5 })
        .map((parts) => parts.join('.')),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async (given) => {
        if (states.includes(given)) return;
        await expect(codec.verify(given, contextOf(alice))).rejects.toThrow();
      }),
      { numRuns: propertyRuns },
    );
  });
});

test('a handle is no state, and a state no handle', async () => {
  const handles = createHandles();
  const codec = codecOf(handles);
  const handle = await handles.seal('7', { caller: alice, requirement: [] });
  await expect(codec.verify(handle, contextOf(alice))).rejects.toThrow();
  expect(await handles.open(await codec.mint({ step: 1 }, contextOf(alice)), alice)).toBeUndefined();
});

test('createRequestStateCodec can be given as it is, and bind to a codec of one’s own', async () => {
  const handles = createHandles();
  const codec = handles.requestState<unknown, ServerContext>(createRequestStateCodec);
  const state = await codec.mint({ step: 1 }, contextOf(alice));
  await expect(codec.verify(state, contextOf(bob))).rejects.toThrow();
  await expect(codec.verify(state, contextOf(alice))).resolves.toEqual({ step: 1 });
  const own = createRequestStateCodec<Draft>({ key: secret, bind: (context) => handles.bind(context) });
  const bound = await own.mint({ step: 1 }, contextOf(alice));
  await expect(own.verify(bound, contextOf(bob))).rejects.toThrow('bind');
});

describe('a server of the official SDK, version 2', () => {
  const wire = wires.find(({ version }) => version === '2026-07-28');
  const codec = codecOf(createHandles());
  let runs = 0;
  const server = serve(
    createMcpHandler(() => {
      const mcp = new McpServer(
        { name: 'imports', version: '1.0.0' },
        { requestState: { verify: (state, context) => codec.verify(state, context) } },
      );
      for (const tool of ['import', 'purge']) {
        mcp.registerTool(tool, {}, async (context) => {
          runs++;
          const draft = context.mcpReq.requestState<Draft>();
          if (draft === undefined)
            return inputRequired({ requestState: await codec.mint({ step: 1 }, context) });
          return { content: [{ type: 'text', text: `${tool} ${draft.step}` }] };
        });
      }
      return mcp;
    }),
  );
  const call = async (caller: Caller, name: string, more: Record<string, unknown> = {}) => {
    const request = wire?.request(caller, 'tools/call', { name, arguments: {}, ...more });
    if (request === undefined) throw new Error('There is no such wire.');
    return (await (await server.fetch(request)).json()) as {
      result?: { requestState?: string; content?: unknown };
      error?: { code: number; message: string };
    };
  };
  const user = { subject: 'alice', clientId: 'c' };

  test('[MCP-2026-07-28] takes a state from the caller who got it, for the tool that gave it, and from nobody else', async () => {
    const requestState = (await call(user, 'import')).result?.requestState ?? '';
    const unknown = await call(user, 'import', { requestState: 'made-up' });
    expect(unknown.error?.code).toBe(-32_602);
    const before = runs;
    expect(await call({ ...user, subject: 'bob' }, 'import', { requestState })).toEqual(unknown);
    expect(await call(user, 'purge', { requestState })).toEqual(unknown);
    expect(await call(user, 'import', { requestState: requestState.slice(0, -1) })).toEqual(unknown);
    expect(runs).toBe(before);
    expect((await call(user, 'import', { requestState })).result?.content).toEqual([
      { type: 'text', text: 'import 1' },
    ]);
  });
});
