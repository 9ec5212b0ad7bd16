import { MCPAuth, type FetchHandlerOptions } from '@mcp-auth/core/fetch';
import { afterAll, describe, expect, test } from 'vitest';
import { selectCoveringAttacks } from '../../src/hostile/covering.js';
import { controlCases, hostileCases, HostileTrial, registerHostileTrial } from '../../src/hostile/index.js';
import { Emissions, serveFetch, type ConformanceSubject } from '../../src/index.js';

const subject: ConformanceSubject = {
  name: 'fetch entry',
  start(setup) {
    const { config, routes } = setup;
    const mcpAuth = new MCPAuth(config);
    const handler = {
      fetch: (_request: Request, options: FetchHandlerOptions = {}) =>
        Response.json(setup.handle(options.authInfo, undefined)),
    };
    const handlers = new Map(
      routes.map(({ path, mode, options }) => [path, mcpAuth.protect(handler, mode, { ...options, path })]),
    );
    return serveFetch(
      async (request) =>
        (await handlers.get(new URL(request.url).pathname)?.fetch(request)) ??
        new Response('Not found', { status: 404 }),
    );
  },
};

const emissions = new Emissions();
const trial = await HostileTrial.begin({ ...subject, emissions });

afterAll(() => trial.end());

/** What decides without the platform's cryptography needs no second one, which `vitest.config.ts` asks for with `CASES`. */
const isSecondPlatform = process.env.CASES === 'covering' && process.env.SOAK !== 'full';

describe('fetch entry', () => {
  registerHostileTrial(trial, test, isSecondPlatform ? 'covering' : 'all');

  test('the search for secrets had something to look for, and something to look at', () => {
    expect(emissions.counts.texts).toBeGreaterThan(isSecondPlatform ? 200 : 1000);
    expect(emissions.counts.secrets).toBeGreaterThan(isSecondPlatform ? 100 : hostileCases.length);
  });
});

/** `npm run test:long` tries all of it here too. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';

for (const routes of isSecondPlatform ? [] : (['policy', 'keys', 'observed'] as const)) {
  describe(`fetch entry, routes with ${routes}`, async () => {
    const further = await HostileTrial.begin(subject, routes);
    afterAll(() => further.end());
    registerHostileTrial(further, test, selection);
  });
}

describe('the corpus', () => {
  test('is covered by a few of its attacks: each group, reason and requirement has one', () => {
    const few = selectCoveringAttacks(hostileCases);
    expect(few.length).toBeLessThan(hostileCases.length / 2);
    const factsOf = (cases: typeof few) =>
      new Set(cases.flatMap(({ group, expected, requirements }) => [group, expected.event, ...requirements]));
    expect(factsOf(few)).toEqual(factsOf(hostileCases));
  });

  test('holds at least 150 attacks, each under a name of its own', () => {
    expect(hostileCases.length).toBeGreaterThanOrEqual(150);
    const ids = [...hostileCases, ...controlCases].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});
