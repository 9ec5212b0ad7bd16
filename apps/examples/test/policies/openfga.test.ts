import { describe, expect, test } from 'vitest';
import { byOpenFga } from '../../src/policies/openfga.js';
import { denied, serve } from './server-with-policy.js';
import { json, outages, useStub } from './stub.js';

/**
 * A stub, no OpenFGA: it follows the HTTP API as `@openfga/sdk` calls it (`check` and `batch-check` of a store). The real one has tests in
 * apps/interop/policies.
 */
const fga = useStub();
const storeId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const authorizationModelId = '01ARZ3NDEKTSV4RRFFQ69G5FAW';
const policy = () => byOpenFga({ apiUrl: fga.url, storeId, authorizationModelId });

interface Tuple {
  readonly user: string;
  readonly relation: string;
  readonly object: string;
}

const tuples = new Set(['user:alice can_call tool:refund', 'user:alice can_call tool:a%2Fb']);
const holds = ({ user, relation, object }: Tuple) => tuples.has(`${user} ${relation} ${object}`);

describe('a stub of OpenFGA', () => {
  const start = () => {
    fga.respond = (response, body, { url }) => {
      if (url === `/stores/${storeId}/check`) json({ allowed: holds(body['tuple_key'] as Tuple) })(response);
      else if (url === `/stores/${storeId}/batch-check`) {
        const checks = body['checks'] as { tuple_key: Tuple; correlation_id: string }[];
        const result = checks.map((each) => [each.correlation_id, { allowed: holds(each.tuple_key) }]);
        json({ result: Object.fromEntries(result) })(response);
      } else response.writeHead(404).end();
    };
    return serve(policy());
  };

  test('denies what no relation allows, and whoever is no user', async () => {
    expect(await start().call({ subject: 'bob' }, 'refund')).toBe(denied);
    expect(await start().call({ subject: 'alice' }, 'delete')).toBe(denied);
    expect(await start().call({}, 'refund')).toBe(denied);
    expect(await start().call(undefined, 'refund')).toBe(401);
    expect(await start().list({ subject: 'bob' }, ['refund'])).toEqual([]);
    expect(await start().list({}, ['refund'])).toEqual([]);
    expect(await start().list(undefined, ['refund'])).toEqual([]);
  });

  test('a name with characters that mean something to OpenFGA is another name to it', async () => {
    expect(await start().call({ subject: 'alice can_call' }, 'refund')).toBe(denied);
    expect(await start().call({ subject: 'alice' }, 'a/b')).toBe('ran');
  });

  test('allows and lists what a relation allows, with one call for a list, and is never told the token', async () => {
    expect(await start().call({ subject: 'alice' }, 'refund')).toBe('ran');
    fga.received.length = 0;
    expect(await start().list({ subject: 'alice' }, ['delete', 'refund'])).toEqual(['refund']);
    expect(fga.received).toHaveLength(2);
    expect(fga.received.join()).not.toContain('secret');
  });
});

describe('OpenFGA that answers something else, or nothing, is 503', () => {
  test.each(outages)('%s', async (_what, respond) => {
    fga.respond = respond;
    const server = serve(policy());
    expect(await server.call({ subject: 'alice' }, 'refund')).toBe(503);
    // The SDK reads an entry without `allowed` as one that is false
    expect(await server.list({ subject: 'alice' }, ['refund', 'delete'])).toSatisfy(
      (found) => found === 'policy_unavailable' || (Array.isArray(found) && found.length === 0),
    );
    expect(server.outages()).toBeGreaterThan(0);
  });

  test.each<[string, unknown]>([
    ['an entry that failed', { result: { 0: { error: { message: 'x' } } } }],
    ['an entry that failed and is allowed', { result: { 0: { allowed: true, error: { message: 'x' } } } }],
    ['a missing entry', { result: { 7: { allowed: true } } }],
    ['a string', { result: { 0: { allowed: 'true' } } }],
  ])('of a list: %s', async (_what, body) => {
    fga.respond = json(body);
    expect(await serve(policy()).list({ subject: 'alice' }, ['refund'])).toBe('policy_unavailable');
  });

  test('nobody listens', async () => {
    const settings = { apiUrl: 'http://127.0.0.1:1', storeId, authorizationModelId };
    expect(await serve(byOpenFga(settings)).call({ subject: 'alice' }, 'refund')).toBe(503);
  });
});
