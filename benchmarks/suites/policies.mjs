// What a rule that is a function costs in process, and a decision that is kept, compared with the rule that is a list of scopes.
import { AuthInfo, createPolicy } from '@mcp-auth/core';
import { ResourceServer } from '@mcp-auth/core/adapter';
import { calibrateCalls, compareCpu } from '../lib/cpu-rounds.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { createClaims } from '../lib/issuer/tokens.mjs';
import { createBareVerify } from '../lib/subjects/in-process.mjs';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const bare = 'crypto.verify of RS256, bare';
const nothing = 'a list of scopes';

/** Callers as a gate makes them: an instance for each request, and claims for each token. */
const callers = Array.from({ length: 16 }, (_, index) => {
  const claims = Object.freeze({
    ...createClaims(issuer),
    sub: `user-${index}`,
    email: `user-${index}@example.com`,
  });
  const facts = {
    token: `t-${index}`,
    issuer,
    clientId: 'a-client',
    subject: claims.sub,
    audience: resource,
    scopes: ['notes:read', 'notes:write'],
    expiresAt: Math.floor(Date.now() / 1000) + 3600,
    claims,
    resource,
    resourceMetadataUrl: undefined,
  };
  return Array.from({ length: 16 }, () => new AuthInfo(facts));
});

const bodies = {
  'without arguments': { name: 'list-notes' },
  'with arguments': {
    name: 'add-note',
    arguments: { title: 'Groceries', text: 'milk, bread', priority: 2, tags: ['home'] },
  },
};

/** So many calls come in one body, so that what a body costs as a whole is spread over them. */
const batch = 100;

/** Judges one body after the other, each read anew, by callers in turn. Counts calls. */
function createWork(operations, text) {
  const server = new ResourceServer({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    log: false,
  });
  const gate = server.createGate(() => ({}), { resource, operations });
  const head = {
    method: 'POST',
    target: '/mcp',
    host: undefined,
    rawHeaders: undefined,
    header: () => undefined,
  };
  return async (calls) => {
    for (let call = 0; call * batch < calls; call++) {
      const auth = callers[call % 16][(call >> 4) % 16];
      let decision = gate.authorize(head, auth, { kind: 'json', value: JSON.parse(text) });
      if (decision instanceof Promise) decision = await decision;
      if (decision.kind !== 'allow') throw new Error(`refused: ${decision.body}`);
    }
  };
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const rounds = quick ? 15 : 61;
  const key = await createSigningKey('RS256');
  const check = createBareVerify(key, key.sign(createClaims(issuer)));
  const keepDecisions = { id: 'engine', version: '1', maxAgeSeconds: 3600 };
  const kept = createPolicy({ decide: async () => ['notes:read'], keepDecisions });
  const rules = {
    [nothing]: ['notes:read'],
    'a function': () => ['notes:read'],
    'a decision that is kept': kept,
  };
  for (const [what, params] of Object.entries(bodies)) {
    const calls = Array.from({ length: batch }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params,
    }));
    const text = JSON.stringify(calls);
    const works = {
      [bare]: (calls) => {
        for (let call = 0; call < calls; call++) check();
      },
    };
    for (const [name, rule] of Object.entries(rules))
      works[name] = createWork({ tools: { '*': rule } }, text);
    const contenders = {};
    for (const [name, work] of Object.entries(works)) {
      const operations = Math.ceil((await calibrateCalls(work, quick ? 20 : 30)) / batch) * batch;
      contenders[name] = { operations, work: () => work(operations) };
    }
    const measured = await compareCpu(contenders, { baseline: bare, rounds });
    const of = (wanted) => measured.find(({ name }) => name === wanted);
    report.comparison(`one of ${batch} calls ${what}, by its rule`, measured, 'processor time');
    report.figures[what] = measured;
    report.promises.push(
      {
        what: `what a function adds to a call ${what}, in microseconds`,
        value: (of('a function').nanoseconds - of(nothing).nanoseconds) / 1000,
        atMost: 2,
        unit: 'µs',
      },
      {
        what: `what a kept decision adds to a call ${what}, in verifications of RS256`,
        value: of('a decision that is kept').ratio - of(nothing).ratio,
        atMost: 0.02,
      },
    );
  }
}
