import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type KeyInfo,
  MCPAuthAuthServerError,
  MCPAuthTokenVerificationError,
  type VerifyKey,
} from '../../src/index.js';
import { hidePartOf } from '../../src/gate/own-token.js';
import { createHead } from '../support/head.js';
import { key, keyIssuer, knowing, otherKey, owner, protectWithKeys } from '../support/keys-of-owner.js';
import { allowed, challengeOf, lastCode, metadataUrl, refused, statusOf } from '../support/protect.js';
import { Endpoint, introspecting } from '../introspection/support.js';

const returning = (info: unknown) => ({ verify: (() => info) as unknown as VerifyKey });
const throwing = (error: unknown) => ({
  verify: (() => {
    throw error;
  }) as VerifyKey,
});

describe('a key is refused', () => {
  test('that nobody knows, and no other verifier is asked', async () => {
    const { ask, issuer, events } = await protectWithKeys();
    const decision = await ask(otherKey);
    expect([statusOf(decision), lastCode(events), issuer.requests]).toEqual([
      401,
      'rejected_by_verifier',
      [],
    ]);
  });

  test('and the challenge names OAuth: the metadata, and no word of keys', async () => {
    const { ask } = await protectWithKeys();
    for (const decision of [await ask(otherKey), await ask()]) {
      const challenge = challengeOf(decision);
      expect(challenge.resource_metadata).toBe(metadataUrl);
      expect(JSON.stringify([challenge, refused(decision).body])).not.toMatch(/key|sk_/i);
    }
  });

  test('that is too short to be a secret, unasked', async () => {
    const { ask, asked, events } = await protectWithKeys();
    expect(statusOf(await ask('sk_0123456789ab'))).toBe(401);
    expect(asked).toEqual([]);
    expect(events.at(-1)).toMatchObject({
      hint: expect.stringContaining('at least 16 characters') as string,
    });
  });

  test('that is longer than maxTokenBytes, unasked', async () => {
    const { ask, asked } = await protectWithKeys({}, { options: { maxTokenBytes: 1024 } });
    expect(statusOf(await ask(`sk_${'x'.repeat(1024)}`))).toBe(401);
    expect(asked).toEqual([]);
  });

  test.each<[title: string, info: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['false', false],
    ['true', true],
    ['a string', 'build-server'],
    ['neither a subject nor a client', { scopes: ['notes:read'], expiresAt: 4_000_000_000 }],
    ['an empty subject', { ...owner, subject: '' }],
    ['a subject that is no string', { ...owner, subject: 7 }],
    ['the key as its subject', { ...owner, subject: key }],
    ['a part of the key as its client', { ...owner, clientId: key.slice(0, 18) }],
    ['another issuer', { ...owner, issuer: 'https://auth.example.com' }],
    ['another issuer among its claims', { ...owner, claims: { iss: 'https://auth.example.com' } }],
    ['another audience', { ...owner, audience: 'https://api.example.com/other' }],
    ['another audience among its claims', { ...owner, claims: { aud: 'https://other.example.com' } }],
    ['a time that is over', { ...owner, expiresAt: 1 }],
    ['no time', { ...owner, expiresAt: undefined }],
    ['milliseconds', { ...owner, expiresAt: 4_000_000_000_000 }],
    ['a promise of a refusal', Promise.resolve(undefined)],
    ['inactive', { ...owner, claims: { active: false } }],
    ['a binding that is not checked', { ...owner, claims: { cnf: { jkt: 'x' } } }],
  ])('about which the function says %s', async (_title, info) => {
    const { ask } = await protectWithKeys(returning(info));
    expect(statusOf(await ask(key))).toBe(401);
  });

  test.each([
    ['refuses', new MCPAuthTokenVerificationError('inactive_token'), 401],
    ['cannot tell', new MCPAuthAuthServerError('request_failed', 'The store is down'), 503],
  ])('where the function %s', async (_title, error, status) => {
    const { ask } = await protectWithKeys(throwing(error));
    expect(statusOf(await ask(key))).toBe(status);
  });

  test('that is good, where its scopes are too few', async () => {
    const { ask } = await protectWithKeys({}, { options: { requiredScopes: ['notes:write'] } });
    const decision = await ask(key);
    expect([statusOf(decision), challengeOf(decision).scope]).toEqual([403, 'notes:write']);
  });

  test('by the limits on failed attempts, unseen', async () => {
    const limits = { failedAttempts: { max: 2, windowSeconds: 60 } };
    const { gate, asked } = await protectWithKeys({}, { config: { limits } });
    const send = async (token: string) =>
      statusOf(
        await gate.authenticate(
          createHead({ peer: '192.0.2.1', headers: { authorization: `Bearer ${token}` } }),
        ),
      );
    expect(await send(key)).toBe(200);
    expect([await send(`${otherKey}1`), await send(`${otherKey}2`), await send(`${otherKey}3`)]).toEqual([
      401, 401, 429,
    ]);
    // One that was good is looked at, whoever is told to wait
    expect(await send(key)).toBe(200);
    expect(asked).toEqual([key, `${otherKey}1`, `${otherKey}2`, key]);
  });
});

describe('an error of the function is one of the server, and does not hold the key', () => {
  const planted = `select * from keys where key = '${key}'`;
  test.each<[title: string, error: unknown]>([
    ['in its message', new Error(planted)],
    ['in its cause', new Error('failed', { cause: new Error(planted) })],
    ['in a member', Object.assign(new Error('failed'), { query: { values: [key] } })],
    ['thrown as a string', planted],
    ['in an outage', new MCPAuthAuthServerError('request_failed', planted)],
  ])('%s', async (_title, error) => {
    const { ask, events } = await protectWithKeys(throwing(error));
    const thrown: unknown = await ask(key).then(
      (decision) => decision,
      (reason: unknown) => reason,
    );
    for (const text of [inspect(thrown, { depth: 9 }), JSON.stringify(events), inspect(events, { depth: 9 })])
      expect(text).not.toContain(key.slice(3, 19));
  });

  test('and is otherwise the very error', async () => {
    const error = new TypeError('connection refused');
    const { ask } = await protectWithKeys(throwing(error));
    await expect(ask(key)).rejects.toBe(error);
  });
});

describe('the issuer of keys', () => {
  const issuerOfTokens = 'https://signs.example.com/adfs';

  test('is refused with the first key after the metadata of a server calls itself so, and its owner hears why', async () => {
    const { ask, issuer, events } = await protectWithKeys({
      issuer: issuerOfTokens,
      keepVerdicts: { maxAgeSeconds: 60 },
    });
    issuer.metadata.access_token_issuer = issuerOfTokens;
    expect(statusOf(await ask(key))).toBe(200);
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    await expect(ask(key)).rejects.toMatchObject({ code: 'invalid_option', path: 'verifiers[0].issuer' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringContaining('No key is accepted') as string,
      }),
    );
    // Of no concern to OAuth
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
  });
});

describe('verdicts on keys', () => {
  const kept = { keepVerdicts: { maxAgeSeconds: 60 } };

  test('are kept nowhere unless that is asked for', async () => {
    const { ask, asked } = await protectWithKeys();
    for (let turn = 0; turn < 3; turn++) expect(statusOf(await ask(key))).toBe(200);
    expect(asked).toHaveLength(3);
  });

  test('are kept for as long as was asked for, and no longer', async () => {
    const { ask, asked, clock } = await protectWithKeys(kept);
    await ask(key);
    clock.advance(59.9);
    await ask(key);
    expect(asked).toHaveLength(1);
    clock.advance(0.1);
    await ask(key);
    expect(asked).toHaveLength(2);
  });

  test('are never kept past the expiry of the key', async () => {
    const info: KeyInfo = { ...owner, expiresAt: Date.UTC(2026, 0, 1) / 1000 + 10 };
    const { ask, clock } = await protectWithKeys({
      ...kept,
      verify: () => info,
    });
    expect(statusOf(await ask(key))).toBe(200);
    clock.advance(15);
    expect(statusOf(await ask(key))).toBe(401);
  });

  test('are not kept of refusals, and not of errors', async () => {
    const answers: (KeyInfo | undefined)[] = [undefined, owner];
    const { ask } = await protectWithKeys({ ...kept, verify: () => answers.shift() });
    expect(statusOf(await ask(key))).toBe(401);
    expect(statusOf(await ask(key))).toBe(200);
  });

  test('are bounded, and the owner hears when there are too many', async () => {
    const asked: string[] = [];
    const verify: VerifyKey = (given) => {
      asked.push(given);
      return owner;
    };
    const { ask, events } = await protectWithKeys({
      verify,
      keepVerdicts: { maxAgeSeconds: 60, maxEntries: 4 },
    });
    for (let serial = 0; serial < 20; serial++) await ask(`${key}${serial}`);
    await ask(`${key}0`);
    expect(asked).toHaveLength(21);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'cache', cache: 'keys', issuer: keyIssuer }),
    );
  });

  test('tell the same caller as the first time', async () => {
    const { ask } = await protectWithKeys(kept);
    const [first, second] = [allowed(await ask(key)), allowed(await ask(key))];
    expect(second.toJSON()).toEqual(first.toJSON());
    expect(second).not.toBe(first);
  });
});

describe('what events say of callers with keys', () => {
  test('is never a hash that was made of the key: claims may hold its digest as jti', async () => {
    const info: KeyInfo = { ...owner, claims: { jti: 'digest-of-the-key-0123456789' } };
    const { ask, events } = await protectWithKeys(returning(info));
    await ask(key);
    const caller = {
      issuer: keyIssuer,
      subject: 'build-server',
      expiresAt: owner.expiresAt,
      verifiedBy: 'key',
    };
    expect(events.find(({ type }) => type === 'decision')).toMatchObject({
      outcome: 'allow',
      via: 'bearer',
      configuredIssuer: keyIssuer,
    });
    expect(events.flatMap((event) => (event.type === 'decision' ? [event.caller] : []))).toEqual([caller]);
  });

  test('holds no part of a key, whatever the client writes', async () => {
    const { gate, events } = await protectWithKeys();
    const headers = { authorization: `Bearer ${otherKey}`, 'x-request-id': otherKey };
    await gate.authenticate(createHead({ headers, target: `/mcp?api_key=${otherKey}` }));
    expect(hidePartOf(JSON.stringify(events), otherKey)).toBe(JSON.stringify(events));
  });
});

describe('a key opens the route', () => {
  test('to a caller of the configured issuer, who says which way it came', async () => {
    const { ask, issuer } = await protectWithKeys({ lifetimeWithoutExpirySeconds: 600 });
    const auth = allowed(await ask(key));
    expect(auth).toMatchObject({
      issuer: keyIssuer,
      subject: 'build-server',
      clientId: '',
      scopes: ['notes:read'],
      audience: 'https://api.example.com/mcp',
      verifiedBy: 'key',
    });
    expect(allowed(await ask(await issuer.sign())).verifiedBy).toBe('jwt');
    expect(JSON.stringify(auth)).not.toContain(key);
  });

  test('until lifetimeWithoutExpirySeconds from each time it is verified', async () => {
    const info: KeyInfo = { clientId: 'build' };
    const { ask, clock } = await protectWithKeys({ verify: () => info, lifetimeWithoutExpirySeconds: 600 });
    expect(allowed(await ask(key)).expiresAt).toBe(clock.seconds() + 600);
    clock.advance(1000);
    expect(allowed(await ask(key)).expiresAt).toBe(clock.seconds() + 600);
  });

  test('whose audience is this resource, even where tokens have another one', async () => {
    const { ask } = await protectWithKeys({}, { options: { audience: 'api://notes' } });
    expect(statusOf(await ask(key))).toBe(200);
  });

  test('of kind opaque, where it has no form', async () => {
    const opaqueKey = 'b0c2d9a41be87e3550d1';
    const { verify, asked } = knowing({ [opaqueKey]: owner });
    const more = [{ kind: 'opaque', issuer: 'urn:opaque', verify } as const];
    const { ask, issuer } = await protectWithKeys({}, { more });
    expect(allowed(await ask(opaqueKey)).issuer).toBe('urn:opaque');
    expect(allowed(await ask(await issuer.sign())).verifiedBy).toBe('jwt');
    expect(allowed(await ask(key)).issuer).toBe(keyIssuer);
    expect(asked).toEqual([opaqueKey]);
  });
});

describe('beside introspection', () => {
  test('a key never reaches the endpoint, good or bad', async () => {
    const { verify } = knowing({ [key]: owner });
    const verifiers = [{ prefix: 'sk_', issuer: keyIssuer, verify }];
    const { ask, endpoint } = await introspecting({ mode: 'auto', options: { verifiers } });
    expect([statusOf(await ask(key)), statusOf(await ask(otherKey))]).toEqual([200, 401]);
    expect(endpoint).toBeInstanceOf(Endpoint);
    expect(endpoint.calls).toEqual([]);
    await ask('opaque-that-is-no-key-0');
    expect(endpoint.calls).toHaveLength(1);
  });
});

describe('a key that was revoked', () => {
  test('is refused by its own id, and so are all keys of an owner that say when they were issued', async () => {
    const issuedAt = Date.UTC(2026, 0, 1) / 1000 - 60;
    const info: KeyInfo = { ...owner, claims: { jti: 'key-1', iat: issuedAt } };
    const { ask, server, events } = await protectWithKeys({
      ...returning(info),
      keepVerdicts: { maxAgeSeconds: 60 },
    });
    expect(statusOf(await ask(key))).toBe(200);
    await server.revoke({ issuer: keyIssuer, tokenId: 'key-1' });
    expect([statusOf(await ask(key)), lastCode(events)]).toEqual([401, 'revoked_token']);
    await server.revoke({ issuer: keyIssuer, subject: 'build-server' });
    expect(statusOf(await ask(otherKey))).toBe(401);
  });

  test('cannot be told from later ones where nothing says when it was issued', async () => {
    const { ask, server } = await protectWithKeys();
    await ask(key);
    await expect(server.revoke({ issuer: keyIssuer, subject: 'build-server' })).rejects.toMatchObject({
      code: 'unknown_issue_time',
    });
  });

  test('is not revoked with a user of the same name of an authorization server', async () => {
    const { ask, server, issuer } = await protectWithKeys();
    await server.revoke({ issuer: issuer.issuer, subject: 'build-server' });
    expect(statusOf(await ask(key))).toBe(200);
  });
});
