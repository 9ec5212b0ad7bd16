import type { RawResponse } from '../http/send-request.js';
import { present, type HostileRequest } from './hostile-case.js';
import type { Mint } from './mint.js';

/** One of many requests at the same time. */
export interface StormRequest {
  readonly request: HostileRequest;
  readonly status: number;
  /** Members of the caller's identity that the handler must have seen. */
  readonly caller?: Readonly<Record<string, unknown>>;
}

const users = 20;

type Maker = (mint: Mint, user: number, serial: number) => StormRequest;

const identity = (user: number, serial: number) => ({
  sub: `user-${user}`,
  client_id: `client-${user % 3}`,
  scope: `mcp:read user:${user}`,
  jti: `storm-${serial}`,
});

/** What each user sends, in turn: good tokens of either issuer, and bad ones between them. */
const makers: readonly Maker[] = [
  (mint, user, serial) => {
    const claims = identity(user, serial);
    return { request: present(mint.token({ claims })), status: 200, caller: seen(claims, mint.facts.issuer) };
  },
  (mint, user, serial) =>
    refused(401, mint.token({ claims: { ...identity(user, serial), exp: mint.facts.now - 60 } })),
  (mint, user, serial) => {
    const claims = { ...identity(user, serial), iss: mint.facts.secondIssuer };
    return {
      request: present(mint.token({ key: 'second', claims })),
      status: 200,
      caller: seen(claims, mint.facts.secondIssuer),
    };
  },
  () => ({ request: { authorization: [] }, status: 401 }),
  (mint, user, serial) =>
    refused(401, mint.token({ claims: { ...identity(user, serial), aud: mint.facts.secondResource } })),
  (mint, user, serial) => {
    const claims = identity(user, serial);
    const request = present(mint.token({ key: 'ed25519', claims }));
    return { request, status: 200, caller: seen(claims, mint.facts.issuer) };
  },
  (mint, user, serial) => refused(401, mint.token({ key: 'attackerEc', claims: identity(user, serial) })),
  (mint, user, serial) =>
    refused(403, mint.token({ claims: { ...identity(user, serial), scope: `user:${user}` } })),
  (mint, user, serial) =>
    refused(401, mint.token({ header: { kid: `unknown-${serial}` }, claims: identity(user, serial) })),
  (mint, user, serial) => refused(400, `${mint.token({ claims: identity(user, serial) })} trailing`),
];

/** A mixed load of many users; every fifth request repeats an earlier one, token and all. */
export function createStorm(mint: Mint, requests: number): readonly StormRequest[] {
  const storm: StormRequest[] = [];
  for (let serial = 0; serial < requests; serial++) {
    const repeated = serial % 5 === 4 ? storm[serial - 4 - (serial % 3)] : undefined;
    const user = (serial * 7) % users;
    const make = makers[Math.floor(serial / users) % makers.length] as Maker;
    storm.push(repeated ?? make(mint, user, serial));
  }
  return storm;
}

/** The requests that were decided wrongly, or under somebody else's name. */
export function judgeStorm(storm: readonly StormRequest[], responses: readonly RawResponse[]): string[] {
  return storm.flatMap(({ status, caller }, index) => {
    const response = responses[index];
    if (response?.status !== status)
      return [`request ${index}: status ${response?.status ?? 0} instead of ${status}`];
    if (caller === undefined) return [];
    const { auth } = JSON.parse(response.body) as { auth: unknown };
    return JSON.stringify(auth) === JSON.stringify(caller) ? [] : [`request ${index}: seen as somebody else`];
  });
}

function refused(status: number, token: string): StormRequest {
  return { request: present(token), status };
}

/** The caller as the handler describes it. */
function seen(claims: ReturnType<typeof identity>, issuer: string): Record<string, unknown> {
  const { sub, client_id: clientId, scope, jti } = claims;
  return { subject: sub, clientId, issuer, scopes: scope.split(' '), jti };
}
