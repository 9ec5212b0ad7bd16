import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConfigs } from './contract-configs.js';
import { testMetadata } from './contract-metadata.js';
import { notes, root, startContract, todo, type Contract, type ContractDriver } from './contract-fixture.js';
import { parseChallenge } from './parse-challenge.js';
import { bearer, sendRaw, type RawAnswer, type RawRequest } from './raw-request.js';

const wellKnown = '/.well-known/oauth-protected-resource';

/** Rows 1 to 13 of the public contract, over real HTTP. */
export function describeContract(driver: ContractDriver): void {
  describe(`the contract, on ${driver.name}`, () => {
    let contract: Contract;
    const ask = (target: string, options?: RawRequest) => sendRaw(contract.app.origin, target, options);
    const post = (target: string, token?: string) =>
      ask(target, { method: 'POST', body: '{}', headers: token === undefined ? [] : bearer(token) });
    const statusOf = async (target: string, token: string) => (await post(target, token)).status;
    const challengeOf = (answer: RawAnswer) =>
      parseChallenge(String(answer.headers['www-authenticate'])).parameters;

    beforeAll(async () => {
      contract = await startContract(driver);
    });
    afterAll(() => contract.app.close());
    testConfigs(driver);
    testMetadata(driver, () => contract);

    test('[contract row 9] a request without a token learns where to go, and never reaches the handler', async () => {
      const { sightings } = contract;
      sightings.length = 0;
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await ask('/scoped', { method });
        expect(answer.status).toBe(401);
        expect(challengeOf(answer)).toEqual({
          scope: 'read admin',
          resource_metadata: `${root}${wellKnown}`,
        });
        expect(answer.headers['content-type']).toMatch(/^application\/json/);
      }
      expect((await ask('/root?access_token=x', { method: 'POST' })).status).toBe(401);
      expect(sightings).toEqual([]);
    });

    test('[contract row 9] every option takes effect', async () => {
      const { a, clock } = contract;
      expect(await statusOf('/root', await a.sign({ aud: root }))).toBe(200);
      expect(await statusOf('/audience', await a.sign({ aud: root }))).toBe(401);
      expect(await statusOf('/audience', await a.sign({ aud: `${root}/v2` }))).toBe(200);
      const poor = await post('/scoped', await a.sign({ aud: root, scope: 'read' }));
      expect([poor.status, challengeOf(poor).error]).toEqual([403, 'insufficient_scope']);
      expect(await statusOf('/scoped', await a.sign({ aud: root, scope: 'admin read' }))).toBe(200);
      expect(await statusOf('/strict', await a.sign({ aud: root }, { typ: 'JWT' }))).toBe(401);
      expect(await statusOf('/strict', await a.sign({ aud: root, jti: undefined }))).toBe(401);
      expect(await statusOf('/strict', await a.sign({ aud: root, exp: clock.seconds() - 50 }))).toBe(200);
      expect(await statusOf('/root', await a.sign({ aud: root, exp: clock.seconds() - 50 }))).toBe(401);
      const before = a.keySetRequests;
      expect(await statusOf('/own-keys', await a.sign({ aud: root }))).toBe(200);
      expect(a.keySetRequests).toBe(before + 1);
    });

    test('[contract row 9][RFC9110-11.6.2-01] malformed and repeated credentials', async () => {
      const { a } = contract;
      const token = await a.sign({ aud: root });
      const twice = await ask('/root', { method: 'POST', headers: [...bearer(token), ...bearer('other')] });
      expect([twice.status, challengeOf(twice).error]).toEqual([400, 'invalid_request']);
      expect(await statusOf('/root', 'two words')).toBe(400);
      expect(await statusOf('/root', '')).toBe(401);
      expect(
        (
          await ask('/root', {
            method: 'POST',
            body: '{}',
            headers: [['authorization', `bEARER   ${token}`]],
          })
        ).status,
      ).toBe(200);
    });

    test('[contract row 10] a function verifies, and the library still checks issuer, audience and scopes', async () => {
      const statuses: Record<string, number> = {};
      for (const token of ['good', 'foreign', 'elsewhere', 'poor', 'revoked'])
        statuses[token] = await statusOf('/custom', token);
      expect(statuses).toEqual({ good: 200, foreign: 401, elsewhere: 401, poor: 403, revoked: 401 });
    });

    test('[contract row 10] a fault of the function goes to the framework’s error handling', async () => {
      const { sightings } = contract;
      sightings.length = 0;
      const answer = await post('/custom', 'bug');
      expect(answer.status).toBe(500);
      expect(answer.headers['www-authenticate']).toBeUndefined();
      expect(sightings).toEqual([]);
    });

    test('[contract row 11] the handler finds the caller through the accessor and where the framework keeps it', async () => {
      const { a, clock, sightings } = contract;
      sightings.length = 0;
      const token = await a.sign({ aud: root });
      expect(JSON.parse((await post('/root', token)).body)).toEqual({
        subject: 'user-1',
        resource: `${root}/`,
        issuer: a.issuer,
      });
      const [sighting] = sightings;
      expect(sighting?.auth).toMatchObject({
        token,
        clientId: 'client-1',
        scopes: ['read', 'write'],
        audience: root,
        expiresAt: clock.seconds() + 300,
      });
      expect(sighting?.attached).toBe(sighting?.auth);
    });

    test('[contract row 11] each request has its own, also at the same moment', async () => {
      const { a, sightings } = contract;
      sightings.length = 0;
      const tokens = await Promise.all(
        Array.from({ length: 20 }, (_, index) => a.sign({ aud: root, sub: `user-${index}` })),
      );
      const answers = await Promise.all(tokens.map((token) => post('/root', token)));
      expect(answers.map(({ body }) => (JSON.parse(body) as { subject: string }).subject)).toEqual(
        tokens.map((_, index) => `user-${index}`),
      );
      expect(new Set(sightings.map(({ auth }) => auth)).size).toBe(20);
    });

    test('[contract row 12] an issuer with a path: oauth inserts the segment, oidc appends it', async () => {
      const { a, b } = contract;
      expect(await statusOf('/todo', await b.sign({ aud: todo }))).toBe(200);
      expect(await statusOf('/root', await a.sign({ aud: root }))).toBe(200);
      expect(b.requests[0]).toBe('https://b.example.com/tenant/.well-known/openid-configuration');
      expect(a.requests[0]).toBe('https://a.example.com/.well-known/oauth-authorization-server');
    });

    test('[contract row 13] several servers for a resource, several resources in a process, nothing mixed up', async () => {
      const { a, b } = contract;
      expect(await statusOf('/notes', await a.sign({ aud: notes }))).toBe(200);
      expect(await statusOf('/notes', await b.sign({ aud: notes }))).toBe(200);
      expect(await statusOf('/root', await b.sign({ aud: root }))).toBe(401);
      expect(await statusOf('/todo', await a.sign({ aud: todo }))).toBe(401);
      expect(await statusOf('/todo', await b.sign({ aud: notes }))).toBe(401);
      const documents = await Promise.all(
        ['api', 'todo', 'evil'].map((host) =>
          ask(`${wellKnown}/notes`, { headers: [['Host', `${host}.example.com`]] }),
        ),
      );
      expect(documents.map(({ status }) => status)).toEqual([200, 200, 404]);
      expect(
        documents.slice(0, 2).map(({ body }) => (JSON.parse(body) as { resource: string }).resource),
      ).toEqual([notes, todo]);
    });
  });
}
