/**
 * The exchanges that the page shows, in its order: which chapter of the demonstration, what its line says, and what is shown
 * of it. The name is that of the generated file.
 */
const login = /^notes, on Hono, at /;
const stepUp = /^notes, on Hono: a tool that needs more/;
const outage = /an authorization server fails$/;

const mcpCall = ['method', 'params.name'];

/** @type {{ name: string, step?: number, chapter: RegExp, exchanges: { about: (exchange: object) => boolean, request?: string[], response?: string[] }[] }[]} */
export const scenes = [
  scene('challenge', 1, login, [{ about: first('notes', 'POST', '/mcp', 401), request: ['method'] }]),
  scene('resource-metadata', 2, login, [
    {
      about: first('notes', 'GET', '/.well-known/oauth-protected-resource', 200),
      response: ['resource', 'authorization_servers', 'scopes_supported'],
    },
  ]),
  scene('server-metadata', 3, login, [
    {
      about: first('authorization server', 'GET', '/.well-known/oauth-authorization-server', 200),
      response: [
        'issuer',
        'authorization_endpoint',
        'token_endpoint',
        'registration_endpoint',
        'jwks_uri',
        'code_challenge_methods_supported',
      ],
    },
  ]),
  scene('registration', 4, login, [
    {
      about: first('authorization server', 'POST', '/reg', 201),
      response: ['client_id', 'token_endpoint_auth_method', 'redirect_uris'],
    },
  ]),
  scene('authorization', 5, login, [{ about: first('authorization server', 'GET', '/auth', 303) }]),
  scene('consent', 6, login, [{ about: first('authorization server', 'POST', '/interaction/', 303) }]),
  scene('code', 7, login, [{ about: first('authorization server', 'GET', '/auth/', 303) }]),
  scene('token', 8, login, [{ about: first('authorization server', 'POST', '/token', 200) }]),
  scene('keys', 9, login, [
    {
      about: from('notes', first('authorization server', 'GET', '/.well-known/', 200)),
      response: ['issuer', 'jwks_uri'],
    },
    { about: from('notes', first('authorization server', 'GET', '/jwks', 200)) },
  ]),
  scene('call', 10, login, [
    { about: tool('add-note', 200), request: mcpCall, response: ['result.structuredContent'] },
  ]),
  scene('expired', undefined, login, [{ about: refusedIn(/^An expired token/), request: mcpCall }]),
  scene('other-resource', undefined, login, [
    { about: refusedIn(/^A token for another resource/), request: mcpCall },
  ]),
  scene('step-up-challenge', undefined, stepUp, [{ about: tool('count-notes', 403), request: mcpCall }]),
  scene('step-up-authorization', undefined, stepUp, [
    {
      about: (exchange) =>
        first('authorization server', 'GET', '/auth', 303)(exchange) &&
        exchange.request.url.includes('statistics'),
    },
  ]),
  scene('step-up-call', undefined, stepUp, [
    { about: tool('count-notes', 200), request: mcpCall, response: ['result.structuredContent'] },
  ]),
  scene('outage', undefined, outage, [{ about: first('whoami', 'POST', '/mcp', 503), request: mcpCall }]),
];

/** What the flow viewer plays beside them: no page shows it as a block. */
export const furtherScenes = [
  scene('step-up-token', undefined, stepUp, [
    {
      about: (exchange) =>
        first('authorization server', 'POST', '/token', 200)(exchange) &&
        exchange.response.body.scope.includes('statistics'),
    },
  ]),
  scene('outage-known-keys', undefined, outage, [
    {
      about: first('whoami', 'POST', '/mcp', 200),
      request: mcpCall,
      response: ['result.structuredContent.subject'],
    },
  ]),
];

function scene(name, step, chapter, exchanges) {
  return { name, step, chapter, exchanges };
}

function first(to, method, path, status) {
  return (exchange) =>
    exchange.to === to &&
    exchange.request.method === method &&
    exchange.response.status === status &&
    isAt(exchange, path);
}

/** A path that ends with a slash stands for all that begins with it. */
function isAt({ request }, path) {
  const { pathname } = new URL(request.url);
  return path.endsWith('/') || path.includes('well-known') ? pathname.startsWith(path) : pathname === path;
}

function from(name, about) {
  return (exchange) => exchange.from === name && about(exchange);
}

function tool(name, status) {
  return ({ request, response }) => request.headers['mcp-name'] === name && response.status === status;
}

function refusedIn(title) {
  return (exchange, step) => title.test(step.title) && exchange.response.status === 401;
}

/** @returns {{ name: string, step?: number, exchanges: { exchange: object, shown: object }[] }[]} */
export function selectScenes(trace, wanted = scenes) {
  return wanted.map(({ name, step, chapter, exchanges }) => {
    const steps = trace.chapters.filter(({ title }) => chapter.test(title)).flatMap((found) => found.steps);
    const all = steps.flatMap((inStep) => inStep.exchanges.map((exchange) => ({ exchange, inStep })));
    return {
      name,
      step,
      exchanges: exchanges.map(({ about, ...shown }) => {
        const found = all.find(({ exchange, inStep }) => about(exchange, inStep));
        if (found === undefined) throw new Error(`The demonstration does not show "${name}" any more.`);
        return { exchange: found.exchange, shown };
      }),
    };
  });
}

/** All exchanges of the login, each with the step of the page it belongs to: its own, or that of what it leads to. */
export function selectLogin(trace) {
  const chapter = trace.chapters.find(({ title }) => login.test(title));
  const told = selectScenes(trace)
    .filter(({ step }) => step !== undefined)
    .flatMap(({ step, exchanges }) => exchanges.map(({ exchange }) => ({ step, sent: exchange.sent })));
  return chapter.steps
    .flatMap(({ exchanges }) => exchanges)
    .flatMap((exchange) => {
      const next = told.find(({ sent }) => sent >= exchange.sent);
      return next === undefined ? [] : [{ ...exchange, step: next.step }];
    });
}
