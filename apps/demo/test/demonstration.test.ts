import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownClient, knownResourceServer } from '../src/authorization-server/authorization-server.js';
import { cast, opaqueRole } from '../src/cast.js';
import { Printer } from '../src/print.js';
import { play, type Chapter } from '../src/scenario.js';
import { createChapters } from '../src/scenario/chapters.js';
import { setStage, type Stage } from '../src/stage.js';
import type { Trace, TracedExchange } from '../src/trace.js';

let stage: Stage;
let trace: Trace & { readonly failure?: string };
let printed = '';

beforeAll(async () => {
  stage = await setStage(0);
  const printer = new Printer({ write: (text) => (printed += text) }, { colours: false });
  trace = await play(createChapters(stage), stage.recorder, printer);
});
afterAll(() => stage.close());

describe('the demonstration', () => {
  it('goes as it should from the first step to the last', () => {
    expect(trace.failure).toBeUndefined();
  });

  it('shows and keeps no token, code or secret', () => {
    for (const text of [printed, JSON.stringify(trace)]) {
      expect(text.match(/eyJ[\w-]{10}/)).toBeNull();
      expect(text.match(/\b(code|code_verifier)=(?!\[redacted\])/)).toBeNull();
      expect(text.match(/\btoken=(?!\[redacted\])/)).toBeNull();
      for (const { id, secret } of [knownClient, knownResourceServer]) {
        expect(text.includes(secret)).toBe(false);
        expect(text.includes(btoa(`${id}:${secret}`))).toBe(false);
      }
    }
    expect(JSON.stringify(trace)).toContain('"access_token":"[redacted]"');
  });

  it('writes plain text where there is no terminal', () => {
    // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
    expect(printed).not.toMatch(/\u001b/);
    expect(printed).toMatch(/^ +1\. /m);
  });

  it('can be kept as JSON', () => {
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });
});

describe.each(cast.map(({ name, framework }, index) => ({ name, framework, index })))(
  '$name on $framework',
  ({ name, index }) => {
    const highlights = (): TracedExchange[] =>
      (trace.chapters[index]?.steps ?? [])
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ highlight }) => highlight !== undefined);
    const toServer = (from: string): TracedExchange[] =>
      highlights().filter((exchange) => exchange.from === from && exchange.to === name);

    it('refuses the first call and names its metadata [RFC9728-5.1-01] [RFC6750-3.1-04]', () => {
      const [first] = toServer('client');
      expect(first?.response.status).toBe(401);
      expect(first?.highlight?.line).toContain('resource_metadata="http://127.0.0.1:');
      expect(first?.highlight?.line).not.toContain('error=');
    });

    it('lets the client in after metadata, registration, login and token', () => {
      expect(
        highlights()
          .map(({ response }) => response.status)
          .slice(0, 11),
      ).toEqual([401, 200, 200, 201, 303, 303, 303, 200, 200, 200, 200]);
      expect(toServer('client').at(-1)?.highlight?.line).toContain('alice');
    });

    it('refuses an expired token, a token for another resource and a token of another issuer [RFC6750-3.1-02]', () => {
      const refusals = (trace.chapters[index]?.steps ?? []).flatMap(({ refusal }) => refusal?.code ?? []);
      expect(refusals).toEqual(['token_expired', 'wrong_audience', 'untrusted_issuer']);
      expect(toServer('other client').map(({ response }) => response.status)).toEqual([401, 401, 401]);
    });

    it('asks its authorization server once, however many calls come', () => {
      const own = (trace.chapters[index]?.steps ?? [])
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ from }) => from === name);
      expect(own.map(({ request }) => new URL(request.url).pathname)).toEqual([
        '/.well-known/oauth-authorization-server',
        '/jwks',
      ]);
    });
  },
);

describe.each(cast.map(({ name, framework, adminTool }, index) => ({ name, framework, adminTool, index })))(
  'a tool of $name that needs more, on $framework',
  ({ name, adminTool, index }) => {
    const steps = () => trace.chapters[cast.length + index]?.steps ?? [];
    const decisive = () =>
      steps()
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ highlight }) => highlight !== undefined);
    const lineOf = (part: string): string =>
      decisive().find(({ highlight }) => highlight?.title.includes(part))?.highlight?.line ?? '';
    const scopesIn = (line: string): string[] =>
      /"?scope"?[=:] ?"?([^"]+)"?/.exec(line)?.[1]?.split(/[ +]/) ?? [];

    it('is listed, refused once with everything in one challenge, allowed and run [MCP-2026-07-28-RS-021] [MCP-2026-07-28-RS-024]', () => {
      const statuses = decisive()
        .filter(({ to }) => to === name)
        .map(({ response }) => response.status);
      expect(statuses).toEqual([200, 403, 200]);
      expect(steps().flatMap(({ refusal }) => refusal?.code ?? [])).toEqual(['insufficient_scope']);
      expect(scopesIn(lineOf('needs more'))).toEqual(expect.arrayContaining([...adminTool.scopes]));
    });

    it('costs the client nothing it had [MCP-2026-07-28-RS-022]', () => {
      const before = scopesIn(lineOf('what everybody needs'));
      const after = scopesIn(lineOf('a token for both'));
      expect(before).not.toEqual(expect.arrayContaining([...adminTool.scopes]));
      expect(after.sort()).toEqual([...before, ...adminTool.scopes].sort());
    });
  },
);

describe('a token that only its issuer can read', () => {
  const steps = () => trace.chapters[2 * cast.length]?.steps ?? [];
  const stepAbout = (part: string) => steps().find(({ title }) => title.includes(part));
  const seen = (part: string, from: string, to: string) =>
    (stepAbout(part)?.exchanges ?? []).filter((exchange) => exchange.from === from && exchange.to === to);
  const asked = (part: string) => seen(part, opaqueRole.name, 'authorization server');

  it('is let in because its issuer says so [RFC7662-2.2-01]', () => {
    const calls = seen('that says nothing', 'client', opaqueRole.name);
    expect(new Set(calls.map(({ response }) => response.status))).toEqual(new Set([200]));
    expect(calls.at(-1)?.highlight?.line).toContain('alice');
    const [question] = asked('that says nothing').filter(({ request }) => request.method === 'POST');
    expect(question?.request.body).toContain('token=[redacted]');
    expect(question?.response.body).toMatchObject({ active: true, sub: 'alice' });
  });

  it('shares its route with JWTs, about which nobody is asked [RFC9068-4-03]', () => {
    const calls = seen('JWT', 'client', opaqueRole.name);
    expect(calls.map(({ response }) => response.status)).toEqual([200]);
    expect(asked('JWT').filter(({ request }) => request.method === 'POST')).toEqual([]);
  });

  it('is refused by the very next call after it was taken back [RFC7662-4-02]', () => {
    const revocation = seen('gives its token back', 'client', 'authorization server');
    expect(revocation.map(({ response }) => response.status)).toEqual([200]);
    const calls = seen('with the same token', 'client', opaqueRole.name);
    expect(calls.map(({ response }) => response.status)).toEqual([401]);
    expect(calls[0]?.highlight?.line).toContain('error="invalid_token"');
    expect(asked('with the same token').map(({ response }) => response.body)).toEqual([{ active: false }]);
    expect(stepAbout('with the same token')?.refusal?.code).toBe('inactive_token');
  });
});

describe('an outage of the authorization servers', () => {
  const statuses = () =>
    (trace.chapters.at(-1)?.steps ?? [])
      .flatMap(({ exchanges }) => exchanges)
      .filter(({ from }) => from === 'other client')
      .map(({ response }) => response.status);

  it('leaves known callers alone, turns unknown ones away for a while, and ends [RFC9068-4-07]', () => {
    expect(statuses()).toEqual([200, 503, 200]);
  });

  it('costs no client its token', () => {
    const refusal = (trace.chapters.at(-1)?.steps ?? [])
      .flatMap(({ exchanges }) => exchanges)
      .find(({ response }) => response.status === 503);
    expect(refusal?.response.headers['www-authenticate']).toBeUndefined();
    expect(Number(refusal?.response.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('a step that does not go as it should', () => {
  const playOne = (step: Partial<Chapter['steps'][number]>) =>
    play(
      [
        {
          title: 'chapter',
          steps: [
            {
              title: 'A call',
              act: async () => {
                await stage.recorder.fetchAs('client')(stage.actors[0]?.resource ?? '', { method: 'POST' });
              },
              expects: [],
              ...step,
            },
            { title: 'never reached', act: () => Promise.reject(new Error('was reached')), expects: [] },
          ],
        },
      ],
      stage.recorder,
    );
  const expectation = {
    title: 'It is let in',
    from: 'client',
    to: 'whoami',
    method: 'POST',
    path: '/mcp',
    status: 200,
    decides: () => 'line',
  } as const;

  it('is told by its status', async () => {
    const { failure, chapters } = await playOne({ expects: [expectation] });
    expect(failure).toBe('"It is let in": POST /mcp from client to whoami was answered with 401, not 200.');
    expect(chapters[0]?.steps).toHaveLength(1);
  });

  it('is told by what its answer lacks', async () => {
    const { failure } = await playOne({
      expects: [{ ...expectation, status: 401, decides: () => undefined }],
    });
    expect(failure).toContain('lacks what should decide');
  });

  it('is told by what did not take place', async () => {
    const { failure } = await playOne({ expects: [{ ...expectation, path: '/other' }] });
    expect(failure).toBe('"It is let in": there was no POST /other from client to whoami.');
  });

  it('is told by the wrong reason for a refusal', async () => {
    const { failure } = await playOne({ reason: 'wrong_audience' });
    expect(failure).toContain('refused for wrong_audience, its reason was missing_credentials');
  });

  it('is told by what broke', async () => {
    const { failure } = await playOne({ act: () => Promise.reject(new Error('it broke')) });
    expect(failure).toBe('A call (it broke).');
  });
});
