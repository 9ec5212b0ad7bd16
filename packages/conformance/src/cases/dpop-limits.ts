import type { ConformanceCase } from '../case.js';
import { allowed } from './case-parts.js';
import { invalidProof, proveCall } from './dpop-parts.js';

/** What is remembered of proofs is bounded, for each key and for all. */
export const dpopLimitCases: readonly ConformanceCase[] = [
  {
    id: 'dpop-too-many',
    title: 'more proofs of one key than are remembered: only this key has to wait',
    requirements: ['MCP-EXT-DPOP-07'],
    profile: 'dpop-few-proofs',
    before: [
      { request: proveCall(), expect: allowed },
      { request: proveCall(), expect: allowed },
    ],
    request: proveCall(),
    expect: { status: 429, headers: { 'retry-after': { matches: '^[1-9]\\d*$' } }, handlerRan: false },
  },
  {
    id: 'dpop-too-many-other-key',
    title: 'another key does not wait for one that has sent too many',
    requirements: ['MCP-EXT-DPOP-07'],
    profile: 'dpop-few-proofs',
    before: [
      { request: proveCall(), expect: allowed },
      { request: proveCall(), expect: allowed },
    ],
    request: proveCall({ key: 'thief' }, {}, { claims: { cnf: { jkt: '{thief}' } } }),
    expect: allowed,
  },
  {
    id: 'dpop-no-room',
    title: 'no room for another proof: 503, and nobody is blamed',
    requirements: ['MCP-EXT-DPOP-07'],
    profile: 'dpop-little-room',
    before: [{ request: proveCall(), expect: allowed }],
    request: proveCall(),
    expect: { status: 503, headers: { 'retry-after': { matches: '^[1-9]\\d*$' } }, handlerRan: false },
  },
  {
    id: 'dpop-no-room-replay',
    title: 'a proof that was used is refused though there is no room',
    requirements: ['MCP-EXT-DPOP-07'],
    profile: 'dpop-little-room',
    before: [{ request: proveCall(), expect: allowed }],
    request: proveCall({ again: true }, {}, { again: true }),
    expect: invalidProof,
  },
];
