// What one request costs a server: processor time of its whole process, compared with the same route without authorization.
import { compareServers } from '../lib/http/compare-servers.mjs';
import { createRequest } from '../lib/http/load.mjs';
import { measureHeld } from '../lib/http/held.mjs';
import { startServer } from '../lib/http/start-server.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { bare, inline, self } from '../lib/subjects/http/names.mjs';
import { createMarks } from '../lib/subjects/marks.mjs';
import { findLenience } from '../lib/subjects/prove.mjs';

const alg = 'RS256';
const frameworks = ['express', 'fastify', 'hono'];
const titles = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };

/** Kinds of requests: which one comes when, and whether it should get through. */
function createKinds(key, issuer, { batch, slowBatch, rounds, warmups }) {
  const repeated = Array.from({ length: 16 }, () =>
    createRequest(`Bearer ${key.sign(createClaims(issuer))}`),
  );
  const fresh = Array.from({ length: (rounds + warmups) * slowBatch }, () => key.sign(createClaims(issuer)));
  const swap = (token, other) =>
    `${token.slice(0, token.lastIndexOf('.'))}${other.slice(other.lastIndexOf('.'))}`;
  const requests = fresh.map((token) => createRequest(`Bearer ${token}`));
  const forged = fresh.map((token, index) =>
    createRequest(`Bearer ${swap(token, fresh[(index + 1) % fresh.length])}`),
  );
  const without = createRequest();
  const garbage = createRequest('Bearer not-a-token-of-anyone');
  return {
    'a token seen before': { count: batch, passes: true, at: () => (index) => repeated[index % 16] },
    'a new token': {
      count: slowBatch,
      passes: true,
      at: (round) => (index) => requests[round * slowBatch + index],
    },
    'no token': { count: batch, passes: false, at: () => () => without },
    garbage: { count: batch, passes: false, at: () => () => garbage },
    'a bad signature': {
      count: slowBatch,
      passes: false,
      at: (round) => (index) => forged[round * slowBatch + index],
    },
  };
}

/** What a request may cost, compared with the same route without authorization. */
const mostRepeated = { express: 1.12, fastify: 1.12, hono: 1.15 };

function promise(report, framework, what, measured) {
  const of = (wanted) => measured.find(({ name }) => name === wanted);
  const compared = `${titles[framework]}, ${what}: processor time of a request, compared with no authorization`;
  if (what === 'a token seen before')
    report.promises.push({ what: compared, value: of(self).ratio, atMost: mostRepeated[framework] });
  if (what === 'no token' || what === 'garbage')
    report.promises.push({ what: compared, value: of(self).ratio, atMost: 1 });
  if (what === 'a bad signature')
    report.promises.push({
      what: `${titles[framework]}, ${what}: what a request takes more than without authorization`,
      value: (of(self).nanoseconds - of(bare).nanoseconds) / 1000,
      atMost: 45,
      unit: 'µs',
    });
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const settings = quick
    ? { rounds: 15, warmups: 2, warmUp: 3000, batch: 500, slowBatch: 60 }
    : { rounds: 25, warmups: 3, warmUp: 8000, batch: 800, slowBatch: 250 };
  const key = createSigningKey(alg, 'bench-1');
  const issuer = await startIssuer([key]);
  const { counts, issuer: identifier, jwksUri } = issuer;
  const setup = { alg, issuer: identifier, jwksUri, jwks: [key.jwk], resource, scope };
  const kinds = createKinds(key, identifier, settings);
  for (const framework of frameworks) {
    const { httpSubjects } = await import(`../lib/subjects/http/${framework}.mjs`);
    const servers = {};
    const marks = createMarks();
    try {
      const names = quick ? [bare, self, inline] : Object.keys(httpSubjects);
      for (const name of names) {
        servers[name] = await startServer(framework, name, setup);
        if (name === bare) continue;
        marks.add(name, await findLenience(`${name} on ${framework}`, servers[name].judge, key, identifier));
      }
      const [first] = Object.values(kinds);
      for (const server of Object.values(servers)) await server.measure(settings.warmUp, first.at(0));
      for (const [what, kind] of Object.entries(kinds)) {
        const measured = await compareServers(servers, {
          ...{ ...settings, ...kind, baseline: bare },
          passes: (name) => kind.passes || name === bare,
        });
        report.comparison(
          `${titles[framework]}, ${what}: one request`,
          measured,
          'processor time',
          marks.mark,
        );
        (report.figures[what] ??= {})[framework] = measured;
        promise(report, framework, what, measured);
      }
      marks.explain(report);
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.stop()));
    }
  }
  if (counts.keys === 0 && !quick) throw new Error('Nobody fetched keys: the subjects are set up wrongly');
  await measureHeld({ quick, report, setup, key, frameworks: titles });
  await issuer.close();
}
