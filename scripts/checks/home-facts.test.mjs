import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSpeed, countClients } from '../../docs/scripts/home-facts.mjs';

const clients = `
| Client | Version | Registers by |
| ------ | ------- | ------------ |
| Official, \`a\` | 2.4.0 | registration |
| mcp-remote | 0.15.1 | registration |
| Some Desktop, as mcp-remote | 0.15.1 | registration |
| A web client | not run | |

- 1.0 of a list is no row
`;

test('a client counts once, and only where it was run', () => {
  assert.equal(countClients(clients), 2);
});

test('a page that says no longer which clients were tried is an error, not a zero', () => {
  assert.throws(() => countClients('# Clients\n'), /no longer says/);
});

const performance = `
**Express, a token seen before: one request**

|                                      | processor time |  ratio |
| ------------------------------------ | -------------: | -----: |
| no authorization                     |      178.03 µs | 1.00 × |
| MCP Auth                             |      186.26 µs | 1.15 × |
| MCP Auth, inline keys                |      187.06 µs | 1.13 × |
| mcp-auth 0.2.0                       |      150.00 µs | 1.05 × |
| other, with verifier() of MCP Auth   |      169.56 µs | 1.10 × |
| slow                                 |      350.29 µs | 1.95 × |
| less slow                            |      330.10 µs | 1.92 × |

**Express, a new token: one request**
`;

test('the best of the others is compared, not what is of this project', () => {
  assert.deepEqual(compareSpeed(performance), {
    framework: 'Express',
    ratio: 1.15,
    peer: 'less slow',
    peerRatio: 1.92,
  });
});

test('a page without the comparison is an error', () => {
  assert.throws(() => compareSpeed('# Performance\n'), /compares no more/);
});
