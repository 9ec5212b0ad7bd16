/* global btoa, ReadableStream, TransformStream */
// What every runtime runs against the one bundle. It signs its tokens itself, so nothing but core is under test.

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const deadlineMs = 120_000;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const toBase64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const encode = (value) => toBase64url(new TextEncoder().encode(JSON.stringify(value)));

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};
const algorithms = { ES256: ecdsa, RS256: rsa, EdDSA: { name: 'Ed25519' } };

/** A key of an authorization server, and what signs with it. */
async function createSigner(alg) {
  const algorithm = algorithms[alg];
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', publicKey);
  return {
    jwk: JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, kid: alg, alg, use: 'sig' })),
    async sign(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      const standard = {
        iss: issuer,
        aud: resource,
        sub: 'alice',
        client_id: 'app',
        iat: now,
        exp: now + 300,
      };
      const input = `${encode({ alg, kid: alg, typ: 'at+jwt' })}.${encode({ ...standard, scope: 'read', ...claims })}`;
      const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input));
      return `${input}.${toBase64url(signature)}`;
    },
  };
}

function expectEqual(given, expected, what) {
  const [got, wanted] = [JSON.stringify(given), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what} is ${got}, not ${wanted}`);
}

function expectChallenge(response, status, ...parts) {
  const challenge = response.headers.get('www-authenticate') ?? '';
  expectEqual(response.status, status, 'the status');
  for (const part of ['Bearer ', `resource_metadata="${metadataUrl}"`, ...parts]) {
    if (!challenge.includes(part)) throw new Error(`the challenge lacks ${part}: ${challenge}`);
  }
}

const request = (token) =>
  new Request(resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
    },
    body: '{}',
  });

const echo = (_request, { authInfo }) => new Response(authInfo.subject);

/** What holds without an async context. */
const gateCases = ({ protect, signers }) => {
  const { sign } = signers.ES256;
  const refuse = async (token, ...parts) => {
    let calls = 0;
    const { fetch } = protect(() => new Response(String(++calls)));
    expectChallenge(await fetch(request(await token)), 401, ...parts);
    expectEqual(calls, 0, 'the number of handler calls');
  };
  return {
    'no token': () => refuse(undefined),
    'a token for another audience': () =>
      refuse(sign({ aud: 'https://other.example.com/mcp' }), 'error="invalid_token"'),
    'an expired token': () =>
      refuse(sign({ exp: Math.floor(Date.now() / 1000) - 3600 }), 'error="invalid_token"'),
    'a token of a foreign key': async () =>
      refuse((await createSigner('ES256')).sign(), 'error="invalid_token"'),
    'a token without the required scope': async () => {
      const { fetch } = protect(echo, { requiredScopes: ['write'] });
      expectChallenge(await fetch(request(await sign())), 403, 'scope="write"');
    },
    ...Object.fromEntries(
      Object.entries(signers).map(([alg, signer]) => [
        `a good ${alg} token`,
        async () => {
          const response = await protect(echo).fetch(request(await signer.sign()));
          expectEqual([response.status, await response.text()], [200, 'alice'], 'the answer');
        },
      ]),
    ),
    'the metadata document': async () => {
      const response = await protect(echo).fetch(new Request(metadataUrl));
      expectEqual(response.status, 200, 'the status');
      const { resource: named, authorization_servers: servers } = await response.json();
      expectEqual([named, servers], [resource, [issuer]], 'the document');
    },
  };
};

/** Tokens that an authorization server is asked about: signing, digests, and a module that is loaded on first use. */
const opaqueCases = ({ core, signers }) => {
  const protect = async () => {
    const forms = [];
    const { privateKey } = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
    const clientAuthentication = { method: 'private_key_jwt', clientId: 'rs', key: privateKey, alg: 'ES256' };
    const introspection = {
      endpoint: `${issuer}/introspect`,
      clientAuthentication,
      keepAnswers: { activeSeconds: 60 },
    };
    const authorizationServers = [{ issuer, jwks: { keys: [signers.ES256.jwk] }, introspection }];
    const mcpAuth = new core.MCPAuth({
      protectedResources: { metadata: { resource, authorizationServers } },
      fetch: async (_url, { body }) => {
        await wait(1);
        const form = new URLSearchParams(body);
        forms.push(form);
        const exp = Math.floor(Date.now() / 1000) + 300;
        const active = { active: true, aud: resource, sub: 'alice', exp };
        return Response.json(form.get('token') === 'good' ? active : { active: false });
      },
    });
    return { forms, handler: mcpAuth.protect({ fetch: echo }, 'auto', { resource }) };
  };
  return {
    'an opaque token that is not active': async () => {
      const { forms, handler } = await protect();
      expectChallenge(await handler.fetch(request('bad')), 401, 'error="invalid_token"');
      expectEqual(forms.length, 1, 'the number of calls');
    },
    'a good opaque token, asked about once and kept': async () => {
      const { forms, handler } = await protect();
      for (let time = 0; time < 3; time++) {
        const response = await handler.fetch(request('good'));
        expectEqual([response.status, await response.text()], [200, 'alice'], 'the answer');
      }
      expectEqual(forms.length, 1, 'the number of calls');
      expectEqual(forms[0].get('client_assertion').split('.').length, 3, 'the segments of the assertion');
    },
    'a JWT beside it': async () => {
      const { forms, handler } = await protect();
      const response = await handler.fetch(request(await signers.ES256.sign()));
      expectEqual([response.status, forms.length], [200, 0], 'the status and the number of calls');
    },
  };
};

/** What the async context adds. */
const contextCases = ({ core, protect, signers }) => {
  const { authContext, getAuthInfo, requireScopes } = core;
  const { sign } = signers.ES256;
  const within = (handler) => protect(handler, { asyncContext: authContext });
  return {
    'outside of a request there is no caller': () => {
      expectEqual(getAuthInfo(), undefined, 'the caller');
      try {
        requireScopes('read');
      } catch (error) {
        return expectEqual(error instanceof core.MCPAuthConfigError, true, 'the kind of error');
      }
      throw new Error('requireScopes let nobody pass');
    },
    '50 concurrent callers are never mixed up': async () => {
      const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
      let arrived = 0;
      let release;
      const everybody = new Promise((resolve) => (release = resolve));
      const readSubject = async () => {
        await wait(1);
        return getAuthInfo()?.subject;
      };
      const { fetch } = within(async () => {
        if (++arrived === users.length) release();
        await Promise.race([everybody, wait(2000)]);
        return new Response(await readSubject());
      });
      const tokens = await Promise.all(users.map((sub) => sign({ sub })));
      const responses = await Promise.all(tokens.map((token) => fetch(request(token))));
      expectEqual(new Set(responses.map(({ status }) => status)).size, 1, 'the number of different statuses');
      expectEqual(await Promise.all(responses.map((response) => response.text())), users, 'who was seen');
      expectEqual([responses[0].status, arrived], [200, 50], 'the status and the number of callers');
      expectEqual(getAuthInfo(), undefined, 'the caller afterwards');
    },
    'a covered scope passes': async () => {
      const { fetch } = within(async () => {
        await wait(1);
        requireScopes('read');
        return new Response('done');
      });
      const response = await fetch(request(await sign()));
      expectEqual([response.status, await response.text()], [200, 'done'], 'the answer');
    },
    'a missing scope decides the request, also where the error is caught': async () => {
      const { fetch } = within(async () => {
        await wait(1);
        try {
          requireScopes('write');
        } catch (error) {
          const isOurs = error instanceof core.MCPAuthInsufficientScopeError;
          return new Response('caught', { status: isOurs ? 200 : 500 });
        }
        return new Response('passed');
      });
      expectChallenge(await fetch(request(await sign())), 403, 'error="insufficient_scope"', 'scope="write"');
    },
    'a missing scope decides an event stream that has not begun': async () => {
      const { fetch } = within(() => {
        const start = async (controller) => {
          await wait(1);
          try {
            requireScopes('write');
          } finally {
            controller.close();
          }
        };
        const stream = new ReadableStream({
          start: (controller) => start(controller).catch(() => undefined),
        });
        return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
      });
      expectChallenge(await fetch(request(await sign())), 403, 'scope="write"');
    },
    'an event stream knows its caller after it began': async () => {
      const { fetch } = within(() => {
        const { readable, writable } = new TransformStream();
        const write = async () => {
          const writer = writable.getWriter();
          for (let event = 0; event < 3; event++) {
            await wait(1);
            await writer.write(new TextEncoder().encode(`data: ${getAuthInfo()?.subject}\n\n`));
          }
          await writer.close();
        };
        void write();
        return new Response(readable, { headers: { 'content-type': 'text/event-stream' } });
      });
      const response = await fetch(request(await sign()));
      expectEqual([response.status, await response.text()], [200, 'data: alice\n\n'.repeat(3)], 'the answer');
    },
  };
};

/** Without secrets, one is made up; Workers have no random numbers before there is a request. */
const handleCases = ({ mcpAuth, signers }) => {
  const sign = (claims) => signers.ES256.sign(claims);
  const madeUp = mcpAuth.handles();
  const shared = mcpAuth.handles({ secrets: ['a secret that all runtimes share, for this test alone'] });
  const callerOf = async (claims) => {
    let caller;
    const handler = {
      fetch: (_request, { authInfo }) => {
        caller = authInfo;
        return new Response('passed');
      },
    };
    await mcpAuth.protect(handler, 'jwt', { resource }).fetch(request(await sign(claims)));
    return caller;
  };
  const cases = Object.entries({ 'made up': madeUp, shared }).map(([name, handles]) => [
    `a handle opens for its maker alone, with a secret that is ${name}`,
    async () => {
      const [alice, bob] = [await callerOf(), await callerOf({ sub: 'bob' })];
      const handle = await handles.seal('7', { caller: alice, requirement: [] });
      expectEqual(
        [await handles.open(handle, alice), await handles.open(handle, bob)],
        ['7', undefined],
        'opened',
      );
    },
  ]);
  return Object.fromEntries(cases);
};

async function judge(run) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    await Promise.race([run(), late]);
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  } finally {
    clearTimeout(timer);
  }
}

/** How many cases hold, and which do not. A core without `authContext` is only asked what needs no context. */
export async function check(core) {
  const signers = {};
  for (const alg of Object.keys(algorithms)) signers[alg] = await createSigner(alg);
  const keys = Object.values(signers).map(({ jwk }) => jwk);
  const mcpAuth = new core.MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer, jwks: { keys } }] } },
  });
  const protect = (fetch, options) => mcpAuth.protect({ fetch }, 'jwt', { resource, ...options });
  const tools = { core, protect, signers };
  const cases = {
    ...gateCases(tools),
    ...opaqueCases(tools),
    ...handleCases({ mcpAuth, signers }),
    ...(core.authContext === undefined ? undefined : contextCases(tools)),
  };
  const wrong = [];
  for (const [name, run] of Object.entries(cases)) {
    const reason = await judge(run);
    if (reason !== undefined) wrong.push(`${name}: ${reason}`);
  }
  return { passed: Object.keys(cases).length - wrong.length, wrong };
}
