import type { ConformanceCase, Step } from '../case.js';
import { allowed, fromNow } from './case-parts.js';
import { bound, invalidProof, nonceWanted, proveCall } from './dpop-parts.js';

const profile = 'dpop-nonce';
const needed = ['RFC9449-9-01', 'RFC9449-4.3-10', 'MCP-EXT-DPOP-06'] as const;
const withNonce = { claims: { nonce: '{nonce}' } } as const;
const longLived = { claims: { ...bound.claims, exp: fromNow(7200) } } as const;

/** A first request, which learns a nonce. */
const learn: Step = { request: proveCall({}, {}, longLived), expect: nonceWanted };
const again = { again: true } as const;

/** Nonces that a resource demands (RFC 9449 §8, §9). */
export const dpopNonceCases: readonly ConformanceCase[] = [
  {
    id: 'dpop-nonce-01',
    title: 'a proof without a nonce is asked for one',
    requirements: [...needed, 'RFC9449-8.1-01'],
    profile,
    request: proveCall(),
    expect: nonceWanted,
  },
  {
    id: 'dpop-nonce-02',
    title: 'the next proof with it is accepted',
    requirements: [...needed, 'RFC9449-8.1-01'],
    profile,
    before: [learn],
    request: proveCall(withNonce, {}, again),
    expect: { ...allowed, headers: { 'dpop-nonce': { absent: true } } },
  },
  {
    id: 'dpop-nonce-03',
    title: 'a nonce that is too old is asked to be changed',
    requirements: needed,
    profile,
    before: [learn],
    advanceSeconds: 301,
    request: proveCall(withNonce, {}, again),
    expect: nonceWanted,
  },
  ...(
    [
      ['04', 'that this server never gave', 'eyJ7S_zG.eyJH0-Z.HX4w-7v'],
      ['05', 'with a changed byte', '{nonce}A'],
      ['05-time', 'with another spelling of its time', '0{nonce}'],
      ['09', 'of an authorization server', 'hSoVFlTlRfLgYQ9vBPNGmNcdIYI5K4bGUQGpEKQ3GWw'],
      ['10', 'that is a number', 7],
    ] as const
  ).map(([id, what, nonce]): ConformanceCase => ({
    id: `dpop-nonce-${id}`,
    title: `a nonce ${what} is answered with a good one`,
    requirements: needed,
    profile,
    before: [learn],
    request: proveCall({ claims: { nonce } }, {}, again),
    expect: nonceWanted,
  })),
  {
    id: 'dpop-nonce-other-key',
    title: 'a nonce that was given to another key is answered with a good one',
    requirements: needed,
    profile,
    before: [learn],
    request: proveCall({ ...withNonce, key: 'thief' }, {}, { claims: { cnf: { jkt: '{thief}' } } }),
    expect: nonceWanted,
  },
  {
    id: 'dpop-nonce-08',
    title: 'a nonce that is half as old as it may be is renewed with the answer',
    requirements: ['RFC9449-8.2-01', 'RFC9449-9-01'],
    profile,
    before: [learn],
    advanceSeconds: 200,
    request: proveCall(withNonce, {}, again),
    expect: {
      ...allowed,
      headers: { 'dpop-nonce': { matches: '.' }, 'cache-control': { matches: 'no-store' } },
    },
  },
  {
    id: 'dpop-nonce-08-next',
    title: 'the renewed one is accepted when the first one is not any more',
    requirements: ['RFC9449-8.2-01', 'RFC9449-9-01'],
    profile,
    before: [learn, { advanceSeconds: 200, request: proveCall(withNonce, {}, again), expect: allowed }],
    advanceSeconds: 200,
    request: proveCall(withNonce, {}, again),
    expect: allowed,
  },
  {
    id: 'dpop-nonce-11',
    title: 'a proof that is bad otherwise gets no nonce',
    requirements: needed,
    profile,
    request: proveCall({ spoil: 'flip-signature' }),
    expect: invalidProof,
  },
  {
    id: 'dpop-nonce-12',
    title: 'a client whose clock is wrong passes with a fresh nonce',
    requirements: ['RFC9449-4.3-11', 'RFC9449-11.1-01'],
    profile,
    before: [learn],
    request: proveCall({ claims: { nonce: '{nonce}', iat: fromNow(-3600) } }, {}, again),
    expect: allowed,
  },
  {
    id: 'dpop-nonce-12-replay',
    title: 'and its proof passes once',
    requirements: ['MCP-EXT-DPOP-07'],
    profile,
    before: [
      learn,
      {
        request: proveCall({ claims: { nonce: '{nonce}', iat: fromNow(-3600) } }, {}, again),
        expect: allowed,
      },
    ],
    request: proveCall(again, {}, again),
    expect: invalidProof,
  },
  {
    id: 'dpop-nonce-13',
    title: 'a page of another origin can read challenge and nonce',
    requirements: ['RFC9449-7.1-04', 'RFC9449-9-01'],
    profile,
    request: proveCall({}, { headers: [['Origin', 'https://app.example.com']] }),
    expect: {
      ...nonceWanted,
      headers: {
        ...nonceWanted.headers,
        'access-control-expose-headers': { lists: ['WWW-Authenticate', 'DPoP-Nonce'] },
      },
    },
  },
  {
    id: 'dpop-nonce-13-preflight',
    title: 'a page of another origin may send proofs',
    requirements: ['RFC9449-7.1-04'],
    profile,
    request: {
      method: 'OPTIONS',
      target: '/mcp',
      headers: [
        ['Origin', 'https://app.example.com'],
        ['Access-Control-Request-Method', 'POST'],
        ['Access-Control-Request-Headers', 'authorization,dpop'],
      ],
    },
    expect: {
      status: 204,
      headers: { 'access-control-allow-headers': { lists: ['Authorization', 'DPoP'] } },
      handlerRan: false,
    },
  },
  {
    id: 'dpop-nonce-14',
    title: 'no cache keeps an answer with a nonce',
    requirements: ['RFC9449-8.2-01', 'RFC9449-9-01'],
    profile,
    request: proveCall(),
    expect: { ...nonceWanted, headers: { ...nonceWanted.headers, 'cache-control': { matches: 'no-store' } } },
  },
];
