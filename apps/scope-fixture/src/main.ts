import { isHostName } from './hosts/hosts.js';
import { startFixture } from './start-fixture.js';

const {
  HOST_ADAPTER: host = 'express',
  MECHANISM: mechanism = 'middleware',
  PORT: port = '3010',
} = process.env;

if (!isHostName(host) || (mechanism !== 'middleware' && mechanism !== 'sdk')) {
  console.error(
    'HOST_ADAPTER is express, hono, fastify, fetch or node:http; MECHANISM is middleware or sdk.',
  );
  process.exitCode = 1;
} else {
  const { resource } = await startFixture(host, mechanism, Number(port));
  console.log(`The fixture of scope challenges (${host}, ${mechanism}) is at ${resource}`);
}
