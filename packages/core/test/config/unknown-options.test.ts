import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { construct, issuer, resource, route, seats, withConfig, withServer, type Seat } from './seats.js';

/** What writing this leads to; asynchronous where it is. */
async function problemOf(seat: Seat, members: object): Promise<MCPAuthConfigError> {
  try {
    await seat.write({ ...seat.base, ...members });
  } catch (error) {
    if (error instanceof MCPAuthConfigError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(members)}`);
}

/** How people get a name wrong. */
const slips: Readonly<Record<string, (name: string) => string>> = {
  'a letter short': (name) => name.slice(0, -1),
  'a letter too many': (name) => `${name}s`,
  'two letters swapped': (name) => name.slice(0, 2) + name.charAt(3) + name.charAt(2) + name.slice(4),
  snake_case: (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  'kebab-case': (name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  PascalCase: (name) => name.charAt(0).toUpperCase() + name.slice(1),
  lowercase: (name) => name.toLowerCase(),
};

describe.each(Object.entries(seats))('every name in %s is known or refused', (_name, seat) => {
  const names = Object.keys(seat.known);

  test.each(Object.entries(slips))('%s', async (_slip, misspell) => {
    const nearMisses = names.map((name) => [name, misspell(name)] as const);
    for (const [name, written] of nearMisses.filter(([, written]) => !names.includes(written))) {
      const problem = await problemOf(seat, { [written]: seat.known[name] });
      expect(problem, written).toMatchObject({ code: 'unknown_option' });
      expect(problem.path, written).toBe(seat.path === '' ? written : `${seat.path}.${written}`);
      expect(problem.message, written).toContain(`${written} is unknown. `);
    }
  });

  test('the name that was meant is told', async () => {
    for (const name of names.filter((known) => known.length > 5)) {
      const problem = await problemOf(seat, { [`${name.slice(0, -1)}${name.endsWith('x') ? 'y' : 'x'}`]: 1 });
      expect(problem.message).toContain(`Did you mean ${name}?`);
    }
  });

  test('a name that nobody knows is told with those that are', async () => {
    const problem = await problemOf(seat, { zzzzzzzzzzzz: 1 });
    expect(problem.message).toContain('zzzzzzzzzzzz is unknown. Known here: ');
    for (const name of names) expect(problem.message).toContain(name);
  });

  test('names of Object.prototype are names like others', async () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const members = Object.fromEntries([[name, 1]]);
      Object.defineProperty(members, name, { value: 1, enumerable: true });
      const value = Object.defineProperties({ ...seat.base }, Object.getOwnPropertyDescriptors(members));
      await expect(async () => seat.write(value), name).rejects.toMatchObject({ code: 'unknown_option' });
    }
  });
});

describe('what undefined, prototypes and frozen objects mean', () => {
  const options = { resource, requiredScopes: ['read'] };

  test('undefined means left out, under a name that is not known too', () => {
    expect(() => route({ ...options, requiredScope: undefined, audience: undefined })).not.toThrow();
  });

  test('frozen objects and objects without a prototype work', () => {
    const bare = Object.freeze(Object.assign(Object.create(null) as object, options));
    expect(() => route(bare)).not.toThrow();
    const config = Object.freeze(Object.assign(Object.create(null) as object, withConfig({})));
    expect(() => construct(config)).not.toThrow();
  });

  test('a symbol is no name', () => {
    expect(() => route({ ...options, [Symbol('note')]: 1 })).not.toThrow();
  });
});

/** Names that were accepted without a word; the first five left the route open. */
const lost: readonly (readonly [
  where: string,
  write: (members: object) => unknown,
  name: string,
  meant?: string,
])[] = [
  ...['requiredScope', 'scopes', 'scope', 'required_scopes', 'requiredscopes', 'requiresScopes'].map(
    (name) =>
      ['bearerAuth', (members: object) => route({ resource, ...members }), name, 'requiredScopes'] as const,
  ),
  ['bearerAuth', (members) => route({ resource, ...members }), 'operation', 'operations'],
  ['bearerAuth', (members) => route({ resource, ...members }), 'maxBodySize', 'maxBodyBytes'],
  ['bearerAuth', (members) => route({ resource, ...members }), 'audiences', 'audience'],
  ...(
    [
      ['requiredClaim', 'requiredClaims'],
      ['algorithm', 'algorithms'],
      ['clockTolerence', 'clockTolerance'],
      ['maxtokenage', 'maxTokenAge'],
      ['max_token_age', 'maxTokenAge'],
    ] as const
  ).map(
    ([name, meant]) =>
      ['jwtVerify', (jwtVerify: object) => route({ resource, jwtVerify }), name, meant] as const,
  ),
  ['remoteJwkSet', (remoteJwkSet) => route({ resource, remoteJwkSet }), 'cacheMaxag', 'cacheMaxAge'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'audience', 'audiences'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'policies', 'policy'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'tokenIssuer', 'tokenIssuers'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'jwksUri'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'jwks_uri'],
  ['authorizationServers', (members) => withServer({ issuer, ...members }), 'requiredScopes'],
  ['new MCPAuth', (members) => construct(withConfig(members)), 'cashe', 'cache'],
  ['new MCPAuth', (members) => construct(withConfig(members)), 'issuer'],
  ['new MCPAuth', (members) => construct(withConfig(members)), 'protectedResource', 'protectedResources'],
];

test.each(lost.map(([where, write, name, meant]) => ({ where, write, name, meant })))(
  'a setting of $where that was written is not lost: $name',
  ({ write, name, meant }) => {
    const said = meant === undefined ? `${name} is unknown.` : `Did you mean ${meant}?`;
    const message = expect.stringContaining(said) as string;
    expect(() => write({ [name]: ['admin'] })).toThrow(
      expect.objectContaining({ code: 'unknown_option', message }),
    );
  },
);

test.each([
  ['a protected resource', 'implies', 'scopeHierarchy'],
  ['an authorization server', 'scopes', 'scopeClaims'],
  ['introspection', 'cache', 'keepAnswers'],
  ['bearerAuth("auto")', 'maxAgeSeconds', 'lifetimeWithoutExpirySeconds'],
  ['bearerAuth("auto")', 'context', 'asyncContext'],
  ['protect()', 'maxAgeSeconds', 'lifetimeWithoutExpirySeconds'],
  ['protect()', 'context', 'asyncContext'],
  ['the verifier for the official SDK', 'maxAgeSeconds', 'lifetimeWithoutExpirySeconds'],
])('%s: a name of before tells the one of today (%s)', async (seat, name, now) => {
  const problem = await problemOf(seats[seat] as Seat, { [name]: {} });
  expect(problem).toMatchObject({ code: 'unknown_option' });
  expect(problem.message).toContain(`is called ${now} now.`);
});

test('an option of jose that the configuration decides is refused with where to say it', () => {
  for (const name of ['issuer', 'audience', 'crit']) {
    expect(() => route({ resource, jwtVerify: { [name]: 'x' } })).toThrow(
      expect.objectContaining({ code: 'unsupported_option', path: `jwtVerify.${name}` }),
    );
  }
});
