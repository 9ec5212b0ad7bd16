// What MCP Auth costs where no adapter is: the fetch entry compared with its bare handler, and verifier() in the gate of the official SDK compared with
// the verifier that its users write.
import { MCPAuth } from '@mcp-auth/core/fetch';
import { OAuthError, verifyBearerToken } from '@modelcontextprotocol/server';
import { bundleSizes } from '../lib/bundle.mjs';
import { calibrateCalls, compareCpu } from '../lib/cpu-rounds.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { answerTo, bodyRoutes, createCall, routeWithOperations } from '../lib/subjects/http/body-routes.mjs';
import { bare, ownVerifier, self } from '../lib/subjects/http/names.mjs';
import { createSdkVerifier } from '../lib/subjects/sdk-verifier.mjs';

const sizes = { '0.3 kB': 300, '10 kB': 10_000, '100 kB': 100_000, '1 MB': 1_000_000 };
const sdk = 'official SDK, jose verifier';
const operating = routeWithOperations;

/** Each contender as often as takes so many milliseconds, in turns. */
async function compareCalls(contenders, baseline, { rounds, milliseconds }) {
  const prepared = {};
  for (const [name, once] of Object.entries(contenders)) {
    const work = async (calls) => {
      for (let call = 0; call < calls; call++) await once(call);
    };
    const operations = await calibrateCalls(work, milliseconds);
    prepared[name] = { operations, work: () => work(operations) };
  }
  return compareCpu(prepared, { baseline, rounds });
}

/** A function that sends a new request each time, as a host makes one, and wants a good answer. */
const sendTo = (fetch, createRequest) => async (index) => {
  const response = await fetch(createRequest(index));
  if (response.status !== 200) throw new Error(`answered ${response.status}`);
};

/** Runs the suite. */
export async function run({ quick, report }) {
  const settings = quick ? { rounds: 11, milliseconds: 10 } : { rounds: 41, milliseconds: 30 };
  const key = createSigningKey('RS256', 'bench-1');
  const { issuer, jwksUri, close } = await startIssuer([key]);
  const tokens = Array.from({ length: 16 }, () => key.sign(createClaims(issuer)));
  const bearers = tokens.map((token) => Buffer.from(`Bearer ${token}`));
  const headersAt = (index) => ({ authorization: bearers[index % 16].latin1Slice() });
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });

  const plain = { fetch: () => Response.json({ ok: true }) };
  const protectedPlain = mcpAuth.protect(plain, { requiredScopes: [scope] });
  const get = (index) => new Request(resource, { headers: headersAt(index) });
  const gets = await compareCalls(
    { [bare]: sendTo(plain.fetch, get), [self]: sendTo(protectedPlain.fetch, get) },
    bare,
    settings,
  );
  report.comparison('The fetch entry, a token seen before: one request', gets, 'processor time');
  report.figures.fetch = gets;

  const reading = {
    fetch: async (request, host) => Response.json(answerTo(host?.parsedBody ?? (await request.json()))),
  };
  const protectedReading = mcpAuth.protect(reading, {
    requiredScopes: [scope],
    ...bodyRoutes[operating].options,
  });
  for (const [size, bytes] of Object.entries(sizes)) {
    const body = createCall(bytes);
    const post = (index) =>
      new Request(resource, {
        method: 'POST',
        headers: { ...headersAt(index), 'content-type': 'application/json' },
        body,
      });
    const measured = await compareCalls(
      {
        [bare]: sendTo((request) => reading.fetch(request), post),
        [operating]: sendTo((request) => protectedReading.fetch(request), post),
      },
      bare,
      settings,
    );
    report.comparison(`The fetch entry, operations, a call of ${size}`, measured, 'processor time');
    (report.figures.bodies ??= {})[size] = measured;
  }

  const gate = (verifier) => (index) =>
    verifyBearerToken(bearers[index % 16].latin1Slice(), { verifier, requiredScopes: [scope] });
  const gates = await compareCalls(
    {
      [sdk]: gate(createSdkVerifier({ alg: 'RS256', issuer, jwksUri, resource })),
      [ownVerifier]: gate(mcpAuth.verifier(resource, { OAuthError })),
    },
    sdk,
    settings,
  );
  report.comparison(`The official SDK's gate, a token seen before`, gates, 'processor time');
  report.figures.gates = gates;
  await close();

  const { atStart, inAll } = await bundleSizes(`export { MCPAuth } from '@mcp-auth/core/fetch';`, {
    conditions: ['workerd', 'worker', 'browser'],
  });
  report.figures.bundle = { atStart, inAll };
  report.promises.push({
    what: 'a Worker with the fetch entry that verifies JWTs: its bundle, minified and gzipped',
    value: atStart / 1000,
    atMost: 30,
    unit: 'kB',
  });
}
