// What a call costs a server by the size of its body: `operations` and `asyncContext` on each framework, compared with the same route without
// authorization whose body the framework's own parser reads.
import { compareServers } from '../lib/http/compare-servers.mjs';
import { createPost } from '../lib/http/load.mjs';
import { startServer } from '../lib/http/start-server.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { bareRoute, bodyRoutes, createCall, routeWithOperations } from '../lib/subjects/http/body-routes.mjs';

const alg = 'RS256';
const frameworks = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };
const sizes = {
  '0.3 kB': { bytes: 300, count: 500 },
  '10 kB': { bytes: 10_000, count: 300 },
  '100 kB': { bytes: 100_000, count: 80 },
  '1 MB': { bytes: 1_000_000, count: 16 },
};
/** What `operations` may cost on Hono, compared with a handler that reads the body itself. */
const mostOnHono = { '0.3 kB': 1.4, '10 kB': 1.4, '100 kB': 1.1, '1 MB': 1.1 };

/** Runs the suite. */
export async function run({ quick, report }) {
  const settings = quick ? { rounds: 7, warmups: 1, share: 0.3 } : { rounds: 21, warmups: 2, share: 1 };
  const key = createSigningKey(alg, 'bench-1');
  const issuer = await startIssuer([key]);
  const setup = { issuer: issuer.issuer, resource, scope };
  const bearers = Array.from({ length: 16 }, () => `Bearer ${key.sign(createClaims(issuer.issuer))}`);
  for (const [framework, title] of Object.entries(frameworks)) {
    const servers = {};
    try {
      for (const name of Object.keys(bodyRoutes))
        servers[name] = await startServer(`${framework}-bodies`, name, setup);
      for (const [size, { bytes, count }] of Object.entries(sizes)) {
        const requests = bearers.map((bearer) => createPost(bearer, createCall(bytes)));
        const at = () => (index) => requests[index % 16];
        const requestsInRound = Math.ceil(count * settings.share);
        for (const server of Object.values(servers)) await server.measure(quick ? count : 4 * count, at());
        const measured = await compareServers(servers, {
          ...{ baseline: bareRoute, count: requestsInRound, at, passes: () => true },
          ...settings,
        });
        report.comparison(`${title}, a call of ${size}: one request`, measured, 'processor time');
        (report.figures[size] ??= {})[framework] = measured;
        if (framework !== 'hono') continue;
        report.promises.push({
          what: `Hono, operations, a call of ${size}: processor time, compared with a handler that parses it without authorization`,
          value: measured.find(({ name }) => name === routeWithOperations).ratio,
          atMost: mostOnHono[size],
        });
      }
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.stop()));
    }
  }
  await issuer.close();
}
