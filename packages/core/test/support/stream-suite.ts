import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createSessionRegistry,
  type AuthInfo,
  type BearerAuthOptions,
  type MCPAuthConfig,
  type RevocationResult,
  type RevocationTarget,
  type StreamEvent,
} from '../../src/index.js';
import { describeMethods, type MethodFacts } from '../../src/operation/method-table.js';
import { createClock } from './clock.js';
import { TestIssuer } from './test-issuer.js';

/** One response that a test writes. */
export interface Source {
  write(text: string): void;
  end(): void;
  /** Resolves when nobody receives it any more. */
  readonly gone: Promise<void>;
}

/** What an application that is to be tried is built with: routes for every method, whose responses the test writes. */
export interface StreamSetup {
  readonly config: MCPAuthConfig;
  readonly routes: readonly (readonly [path: string, options: BearerAuthOptions])[];
  /** To be called by the handler with the caller, in one of the two forms. */
  readonly onNode: (
    auth: unknown,
    response: Pick<ServerResponse, 'write' | 'end' | 'once' | 'writeHead' | 'flushHeaders'>,
  ) => void;
  readonly onWeb: (auth: unknown) => Response;
}

export interface StreamSubject {
  readonly mcpAuth: {
    revoke(target: RevocationTarget): Promise<RevocationResult>;
    close(): Promise<void>;
  };
  fetch(path: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export type StartStreamSubject = (setup: StreamSetup) => Promise<StreamSubject>;

const resource = 'https://api.example.com/mcp';
/** Two turns of the wheel, and time for the wire. */
const soonMs = 1000;
const stillMs = 700;
const frame = (text: string) => `event: message\ndata: "${text}"\n\n`;
const acknowledged = (id: string) =>
  `event: message\ndata: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"${id}"},"notifications":{}}}\n\n`;
const retryAlone = /^retry: (?:[1-4]\d{3}|5000)\n\n$/;
const errorFor = (id: string | number) =>
  new RegExp(
    `^retry: [1-5]\\d{3}\\nevent: message\\ndata: \\{"jsonrpc":"2\\.0","id":${JSON.stringify(id)},"error":\\{"code":-32000,"message":"[^"]+"\\}\\}\\n\\n$`,
  );

const everything = { tools: { '*': [] }, resources: { '*': [] }, prompts: { '*': [] }, methods: { '*': [] } };

const targets: Readonly<Record<MethodFacts['target'], object>> = {
  tool: { name: 'search' },
  prompt: { name: 'plan' },
  resource: { uri: 'notes://items/1' },
  reference: { ref: { type: 'ref/prompt', name: 'plan' } },
  subscriptions: { notifications: {} },
  none: {},
};

/** Every request that a client can send; notifications have no answer. */
const requests = describeMethods().filter(({ kind, from }) => kind === 'request' && from !== 'server');

/** Streams whose right ends, on one adapter. */
export function describeStreams(title: string, start: StartStreamSubject): void {
  describe(`${title}: a stream ends with its right`, () => {
    const clock = createClock();
    const events: StreamEvent[] = [];
    const warnings: unknown[] = [];
    let issuer: TestIssuer;
    let subject: StreamSubject;
    let arrived: (source: Source) => void = () => undefined;
    let type = 'text/event-stream';
    let onOpen: (auth: AuthInfo | undefined) => void = () => undefined;

    const onNode: StreamSetup['onNode'] = (auth, response) => {
      onOpen(auth as AuthInfo | undefined);
      const gone = new Promise<void>((resolve) => response.once('close', resolve));
      response.writeHead(200, { 'content-type': type });
      response.flushHeaders();
      arrived({ gone, write: (text) => void response.write(text), end: () => void response.end() });
    };
    const onWeb: StreamSetup['onWeb'] = (auth) => {
      onOpen(auth as AuthInfo | undefined);
      let leave: () => void = () => undefined;
      const gone = new Promise<void>((resolve) => (leave = resolve));
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({
        start: (made) => (controller = made),
        cancel: () => leave(),
      });
      // What is written when nobody reads any more is a mistake of the test's handler alone
      const attempt = (act: () => void) => {
        try {
          act();
        } catch {
          leave();
        }
      };
      arrived({
        gone,
        write: (text) => attempt(() => controller?.enqueue(new TextEncoder().encode(text))),
        end: () => attempt(() => controller?.close()),
      });
      return new Response(body, { headers: { 'content-type': type } });
    };

    beforeAll(async () => {
      issuer = await TestIssuer.create(clock);
    });
    beforeEach(async () => {
      type = 'text/event-stream';
      onOpen = () => undefined;
      events.length = 0;
      warnings.length = 0;
      subject = await start({
        config: {
          protectedResources: {
            metadata: { resource, authorizationServers: [{ issuer: issuer.issuer }] },
          },
          fetch: issuer.fetch,
          now: clock.now,
          onEvent: (event) => {
            if (event.type === 'stream') events.push(event);
            if (event.type === 'warning' || event.type === 'fault') warnings.push(event);
          },
        },
        routes: [
          ['/mcp', { resource }],
          ['/end', { resource, streams: 'end' }],
          ['/every-method', { resource, operations: everything }],
          ['/every-method/end', { resource, operations: everything, streams: 'end' }],
          [
            '/rules',
            { resource, operations: { tools: { '*': [] }, methods: { 'subscriptions/listen': [] } } },
          ],
        ],
        onNode,
        onWeb,
      });
    });
    afterEach(async () => {
      await subject.mcpAuth.close();
      await subject.close();
      expect(warnings).toEqual([]);
    });

    /** Opens a stream, and collects what comes. */
    const open = async (token: string, init: RequestInit = {}, path = '/mcp') => {
      const sourced = new Promise<Source>((resolve) => (arrived = resolve));
      const leaving = new AbortController();
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream' };
      const response = await subject.fetch(path, {
        ...init,
        headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
        signal: leaving.signal,
      });
      expect(response.status).toBe(200);
      const source = await sourced;
      const state = { text: '', isOver: false };
      const reading = (async () => {
        const reader = (response.body as ReadableStream<Uint8Array>).getReader();
        const decoder = new TextDecoder();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          state.text += decoder.decode(value, { stream: true });
        }
        state.isOver = true;
      })();
      reading.catch(() => (state.isOver = true));
      return {
        source,
        state,
        leave: () => leaving.abort(),
        has: (text: string) => expect.poll(() => state.text, { timeout: 5000 }).toContain(text),
        over: async () => {
          await Promise.race([reading, wait(soonMs)]);
          expect(state.isOver, `still open after ${state.text}`).toBe(true);
          return state.text;
        },
        still: async () => {
          await wait(stillMs);
          expect(state.isOver, state.text).toBe(false);
        },
      };
    };
    const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const call = (id: number) =>
      post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'slow', arguments: {} } });
    const listen = (id: string) =>
      post(
        { jsonrpc: '2.0', id, method: 'subscriptions/listen', params: { notifications: {} } },
        { 'mcp-method': 'subscriptions/listen', 'mcp-protocol-version': '2026-07-28' },
      );

    test('of a GET when its token expires, with a time to come back after', async () => {
      const { source, has, over, still } = await open(await issuer.sign());
      source.write(frame('one'));
      await has('one');
      clock.advance(299);
      await still();
      source.write(frame('two'));
      await has('two');
      clock.advance(7);
      const text = await over();
      expect(text.slice(0, frame('one').length * 2)).toBe(frame('one') + frame('two'));
      expect(text.slice(frame('one').length * 2)).toMatch(retryAlone);
      await source.gone;
      // Nobody hears it, and nothing breaks
      source.write(frame('three'));
      source.end();
      expect(events).toMatchObject([{ resource, reason: 'token_expired', count: 1, open: 0, level: 'info' }]);
    });

    test('never in the middle of an event', async () => {
      const { source, has, over, still } = await open(await issuer.sign());
      source.write('data: "be');
      await has('be');
      clock.advance(306);
      await still();
      source.write('gun"\n');
      await has('gun');
      expect(events).toHaveLength(1);
      source.write('\n');
      const text = await over();
      expect(text.slice(0, 15)).toBe('data: "begun"\n\n');
      expect(text.slice(15)).toMatch(retryAlone);
    });

    test('when the key that signed its token is withdrawn, although nobody sends a request', async () => {
      const token = await issuer.sign({ exp: clock.seconds() + 7200 });
      const stream = await open(token);
      clock.advance(700);
      await issuer.rotate();
      await expect.poll(() => stream.state.isOver, { timeout: 4000 }).toBe(true);
      expect(stream.state.text).toMatch(retryAlone);
      expect(events).toMatchObject([{ reason: 'key_withdrawn', count: 1 }]);
    });

    test('when its session ends, and no other does', async () => {
      const sessions = createSessionRegistry<string>({ maxSessions: 5, now: clock.now });
      onOpen = (auth) => sessions.open('first', auth, 'transport');
      const first = await open(await issuer.sign());
      onOpen = (auth) => sessions.open('second', auth, 'transport');
      const second = await open(await issuer.sign({ sub: 'user-2' }));
      onOpen = (auth) => void sessions.find('first', auth);
      const third = await open(await issuer.sign());
      sessions.close('first');
      expect(await first.over()).toMatch(retryAlone);
      expect(await third.over()).toMatch(retryAlone);
      await second.still();
      expect(events).toMatchObject([{ reason: 'session_ended', count: 2, open: 1 }]);
      second.source.end();
      expect(await second.over()).toBe('');
    });

    test('when it is revoked: its token never passes again, those of others and later ones do', async () => {
      const token = await issuer.sign();
      const mine = await open(token);
      const other = await open(await issuer.sign({ sub: 'user-2' }));
      const { streams } = await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      expect(streams).toBe(1);
      expect(await mine.over()).toMatch(retryAlone);
      const again = await subject.fetch('/mcp', { headers: { authorization: `Bearer ${token}` } });
      expect(again.status).toBe(401);
      expect(again.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
      await again.body?.cancel();
      await other.still();
      clock.advance(1);
      const later = await open(await issuer.sign());
      expect(events).toMatchObject([{ reason: 'revoked', count: 1, open: 1 }]);
      later.source.end();
      other.source.end();
      await later.over();
      await other.over();
    });

    test('when it is revoked while the handler is still at work', async () => {
      const token = await issuer.sign();
      onOpen = () => void subject.mcpAuth.revoke({ issuer: issuer.issuer, client: 'client-1' });
      const stream = await open(token);
      expect(await stream.over()).toMatch(retryAlone);
    });

    describe.each([
      [
        'its token expires',
        async () => {
          clock.advance(3606);
          return Promise.resolve();
        },
      ],
      ['its key is withdrawn', () => issuer.rotate()],
    ])('of every method of MCP, when %s', (_when, lose) => {
      const openAll = async (path: string) => {
        const token = await issuer.sign({ exp: clock.seconds() + 3600 });
        const streams: {
          stream: Awaited<ReturnType<typeof open>>;
          id: string;
          method: (typeof requests)[number];
        }[] = [];
        for (const method of requests) {
          const id = `${method.name}:1`;
          const message = { jsonrpc: '2.0', id, method: method.name, params: targets[method.target] };
          streams.push({ stream: await open(token, post(message), path), id, method });
        }
        // The key set is looked at again
        clock.advance(700);
        await lose();
        return streams;
      };

      test("where the route says 'end', with an error for the request", async () => {
        for (const { stream, id } of await openAll('/every-method/end')) {
          await expect.poll(() => stream.state.isOver, { timeout: 5000 }).toBe(true);
          expect(stream.state.text).toMatch(errorFor(id));
        }
      });

      test('else that of methods whose answer never ends; the others may finish', async () => {
        const streams = await openAll('/every-method');
        const [open, others] = [true, false].map((isOpen) =>
          streams.filter(({ method }) => (method.stream === 'open') === isOpen),
        ) as [typeof streams, typeof streams];
        expect(open).not.toEqual([]);
        for (const { stream, id } of open) {
          await expect.poll(() => stream.state.isOver, { timeout: 5000 }).toBe(true);
          expect(stream.state.text).toMatch(errorFor(id));
        }
        for (const { stream } of others) {
          expect(stream.state.isOver).toBe(false);
          stream.source.write(frame('result'));
          stream.source.end();
          expect(await stream.over()).toBe(frame('result'));
        }
      });
    });

    test('of a subscription, with an error for its request', async () => {
      const stream = await open(await issuer.sign(), listen('listen:1'));
      stream.source.write(acknowledged('listen:1'));
      await stream.has('acknowledged');
      clock.advance(306);
      const text = await stream.over();
      expect(text.slice(acknowledged('listen:1').length)).toMatch(errorFor('listen:1'));
      await stream.source.gone;
    });

    test('of a subscription whose body is judged, no matter what its headers say', async () => {
      const { headers, ...init } = listen('listen:2');
      const stream = await open(
        await issuer.sign(),
        { ...init, headers: { ...(headers as Record<string, string>), 'mcp-method': 'tools/call' } },
        '/rules',
      );
      await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      expect(await stream.over()).toMatch(errorFor('listen:2'));
    });

    test('but a tool is left to finish where nothing else is said', async () => {
      const stream = await open(await issuer.sign(), call(7));
      stream.source.write(frame('progress'));
      clock.advance(306);
      await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      await stream.still();
      stream.source.write(frame('result'));
      stream.source.end();
      expect(await stream.over()).toBe(frame('progress') + frame('result'));
      expect(events).toEqual([]);
    });

    test("and ended where the route says 'end', with an error for its request; what it writes then is dropped", async () => {
      const stream = await open(await issuer.sign(), call(8), '/end');
      stream.source.write(frame('progress'));
      await stream.has('progress');
      clock.advance(306);
      const text = await stream.over();
      expect(text.slice(frame('progress').length)).toMatch(errorFor(8));
      await stream.source.gone;
      stream.source.write(frame('result'));
      stream.source.end();
    });

    test('an answer that is there is not followed by an error', async () => {
      const stream = await open(await issuer.sign(), call(9), '/end');
      const answer = 'event: message\ndata: {"jsonrpc":"2.0","id":9,"result":{}}\n\n';
      stream.source.write(answer);
      await stream.has('result');
      clock.advance(306);
      expect((await stream.over()).slice(answer.length)).toMatch(retryAlone);
    });

    test.each([
      ['GET', '/mcp', {}],
      ['POST', '/end', call(10)],
    ] as const)('an answer of %s that is no event stream is left alone', async (_method, path, init) => {
      type = 'application/json';
      const answer = await open(await issuer.sign(), init, path);
      answer.source.write('{"a":\n\n');
      await answer.has('{');
      clock.advance(306);
      await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      await answer.still();
      answer.source.write('1}');
      answer.source.end();
      expect(await answer.over()).toBe('{"a":\n\n1}');
      expect(events).toEqual([]);
    });

    test('nothing is kept of streams that ended by themselves, or whose client has gone', async () => {
      const own = await open(await issuer.sign());
      own.source.end();
      expect(await own.over()).toBe('');
      const left = await open(await issuer.sign());
      left.source.write(frame('one'));
      await left.has('one');
      left.leave();
      await left.source.gone;
      await wait(50);
      const kept = await open(await issuer.sign({ sub: 'user-2' }));
      const { streams } = await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      expect(streams).toBe(0);
      await subject.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-2' });
      await kept.over();
      expect(events).toMatchObject([{ reason: 'revoked', count: 1, open: 0 }]);
    });

    test('close() ends those that are open, and each that is opened afterwards', async () => {
      const before = await open(await issuer.sign());
      const token = await issuer.sign();
      await subject.mcpAuth.close();
      expect(await before.over()).toMatch(retryAlone);
      const after = await open(token);
      expect(await after.over()).toMatch(retryAlone);
    });
  });
}
