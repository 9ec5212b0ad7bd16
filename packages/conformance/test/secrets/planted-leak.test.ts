import { expect, test } from 'vitest';
import { cases, type ConformanceSubject, Emissions, runCase } from '../../src/index.js';
import { fetchSubject } from '../fetch-subject.js';

const firstSight = cases.find(({ id }) => id === 'decision-first-sight');

/** An application whose own code repeats something of the token in an event. */
function leaking(emissions: Emissions, leak: (token: string) => string): ConformanceSubject {
  return {
    ...fetchSubject,
    emissions,
    start: (setup) =>
      fetchSubject.start({
        ...setup,
        handle: (auth, body) => {
          const message = leak(auth?.token ?? '');
          setup.config.onEvent?.({ version: 1, time: 0, level: 'warn', type: 'warning', message });
          return setup.handle(auth, body);
        },
      }),
  };
}

test.each([
  ['the token', (token: string) => `denied ${token}`],
  ['sixteen bytes of its claims', (token: string) => `denied ${(token.split('.')[1] ?? '').slice(-16)}`],
  ['sixteen bytes of its signature', (token: string) => `denied ${token.slice(-16)}, see the log`],
])('a run that emits %s is found out', async (_name, leak) => {
  const emissions = new Emissions();
  if (firstSight !== undefined) await runCase(leaking(emissions, leak), firstSight);
  expect(emissions.findLeaks().map(({ place }) => place)).toEqual([
    'an event (warning) as JSON',
    'an event (warning) as Node shows it',
  ]);
});

test('the same run without the leak is clean', async () => {
  const emissions = new Emissions();
  if (firstSight !== undefined) await runCase({ ...fetchSubject, emissions }, firstSight);
  expect(emissions.findLeaks()).toEqual([]);
  expect(emissions.counts.secrets).toBeGreaterThan(0);
});

test('the secret of a client in a line of the log is found out', () => {
  const emissions = new Emissions();
  emissions.logger.error(
    {},
    'introspection was refused (authorization: Basic bWNwK3NlcnZlciUzQTE6cyUyQmUrYyUyNTcyZXQlMjYlM0Q=)',
  );
  emissions.logger.warn({}, 'the secret s+e c%72et&= was refused');
  expect(emissions.findLeaks().map(({ place }) => place)).toEqual(['a line of the log', 'a line of the log']);
});
