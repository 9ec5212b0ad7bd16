import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { arbitraryValue } from '../support/arbitrary-value.js';
import { createClock } from '../support/clock.js';
import { headWith } from '../support/head.js';
import { createKey } from '../support/keys.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { TestIssuer } from '../support/test-issuer.js';
import { resource, seats } from './seats.js';

const clock = createClock();
let issuer: TestIssuer;

/** Requests that the usual route refuses with 401 or 403. */
const strangers: Record<string, string | undefined> = {};

beforeAll(async () => {
  issuer = await TestIssuer.create(clock);
  const sign = async (claims: object, header = {}, key = issuer.key) =>
    `Bearer ${await issuer.sign({ scope: 'notes:read notes', ...claims }, header, key)}`;
  Object.assign(strangers, {
    'no token': undefined,
    'an empty token': 'Bearer ',
    garbage: 'Bearer garbage',
    'an expired token': await sign({ exp: clock.seconds() - 7200, scope: 'notes:write' }),
    'a token for another resource': await sign({ aud: 'https://other.example', scope: 'notes:write' }),
    'a token of another issuer': await sign({ iss: 'https://evil.example', scope: 'notes:write' }),
    'a token with another key': await sign({ scope: 'notes:write' }, {}, await createKey()),
    'a token without the scope': await sign({}),
  });
});

/** A document that says where to put a value: the server, the resource, the configuration or the route. */
type Place = (value: unknown) => {
  readonly config?: object;
  readonly server?: object;
  readonly resource?: object;
  readonly route?: object;
};

const places: Readonly<Record<string, Place>> = Object.fromEntries([
  ...names('new MCPAuth()', ['protectedResources']).map((name) =>
    place(name, (value) => ({ config: { [name]: value } })),
  ),
  ...names('an authorization server').map((name) =>
    place(`server.${name}`, (value) => ({ server: { [name]: value } })),
  ),
  ...names('a token policy').map((name) =>
    place(`policy.${name}`, (value) => ({ server: { policy: { name: 'p', [name]: value } } })),
  ),
  ...names('the scope hierarchy').map((name) =>
    place(`scopeHierarchy.${name}`, (value) => ({ resource: { scopeHierarchy: { [name]: value } } })),
  ),
  ...names('cors').map((name) =>
    place(`cors.${name}`, (value) => ({ resource: { cors: { origins: '*', [name]: value } } })),
  ),
  ...names('the token cache').map((name) =>
    place(`cache.${name}`, (value) => ({ config: { cache: { [name]: value } } })),
  ),
  ...names('bearerAuth("jwt")').map((name) =>
    place(`bearerAuth.${name}`, (value) => ({ route: { [name]: value } })),
  ),
  ...names('jwtVerify').map((name) =>
    place(`jwtVerify.${name}`, (value) => ({ route: { jwtVerify: { [name]: value } } })),
  ),
  ...names('remoteJwkSet').map((name) =>
    place(`remoteJwkSet.${name}`, (value) => ({ route: { remoteJwkSet: { [name]: value } } })),
  ),
  ...names('operations').map((name) =>
    place(`operations.${name}`, (value) => ({ route: { operations: { [name]: value } } })),
  ),
]);

function place(name: string, at: Place): readonly [string, Place] {
  return [name, at];
}

function names(seat: string, without: readonly string[] = []): readonly string[] {
  return Object.keys(seats[seat]?.known ?? {}).filter((name) => !without.includes(name));
}

/** The values that are documented to let one of these requests through, and nothing else does. */
function isDocumented(where: string, request: string, value: unknown): boolean {
  switch (`${where}: ${request}`) {
    case 'bearerAuth.requiredScopes: a token without the scope':
      return value === undefined || (Array.isArray(value) && value.length === 0);
    case 'scopeHierarchy.separator: a token without the scope':
      return value === ':';
    case 'scopeHierarchy.satisfies: a token without the scope':
      return typeof value === 'function' && (value as () => unknown)() === true;
    case 'server.dangerouslyAcceptAnyAudience: a token for another resource':
      return value === true;
    case 'jwtVerify.currentDate: an expired token':
      return value instanceof Date;
    case 'now: an expired token':
      return typeof value === 'function' && Number.isFinite((value as () => unknown)());
    default:
      return false;
  }
}

test(
  'no value of any option but a documented one lets through a request that is refused without it',
  propertyTest,
  async () => {
    const where = fc.constantFrom(...Object.keys(places));
    const request = fc.constantFrom(
      'no token',
      'an empty token',
      'garbage',
      'an expired token',
      'a token for another resource',
      'a token of another issuer',
      'a token with another key',
      'a token without the scope',
    );
    await fc.assert(
      fc.asyncProperty(where, request, arbitraryValue, async (option, stranger, value) => {
        const allowed = await passes(places[option]?.(value) ?? {}, strangers[stranger]);
        if (allowed) expect(isDocumented(option, stranger, value)).toBe(true);
      }),
      { numRuns: propertyRuns * 8 },
    );
  },
);

test('without any of them each of these requests is refused, and a good one passes', async () => {
  for (const authorization of Object.values(strangers)) expect(await passes({}, authorization)).toBe(false);
  expect(await passes({}, `Bearer ${await issuer.sign({ scope: 'notes:write' })}`)).toBe(true);
});

const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read' } };

/** Whether a request gets through; the configuration may be refused, but only with its typed error. */
async function passes(changes: ReturnType<Place>, authorization: string | undefined): Promise<boolean> {
  let gate;
  try {
    const server = new ResourceServer({
      protectedResources: {
        metadata: {
          resource,
          authorizationServers: [{ issuer: issuer.issuer, type: 'oauth', ...changes.server }],
        },
        ...changes.resource,
      },
      fetch: issuer.fetch,
      now: clock.now,
      onEvent: () => undefined,
      ...changes.config,
    } as never);
    gate = server.createGate('jwt', { resource, requiredScopes: ['notes:write'], ...changes.route });
  } catch (error) {
    expect(error).toBeInstanceOf(MCPAuthConfigError);
    return false;
  }
  try {
    const head = headWith(authorization);
    let decision = await gate.authenticate(head);
    if (decision.kind === 'allow' && decision.next === 'authorize') {
      decision = await gate.authorize(head, decision.auth, { kind: 'json', value: call });
    }
    return decision.kind === 'allow';
  } catch {
    // An error of the server: nothing runs
    return false;
  }
}
