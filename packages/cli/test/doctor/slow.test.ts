import { expect, it } from 'vitest';
import { runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { serve } from '../support/serve.js';
import { doctor } from './support/run-doctor.js';

searchSecretsAfterAll();

const pauseMs = 150;

const startSlow = () =>
  serve(({ headers: { host = '' } }, response) => {
    const challenge = `Bearer resource_metadata="http://${host}/metadata"`;
    setTimeout(() => response.writeHead(401, { 'www-authenticate': challenge }).end(), pauseMs);
  });

it.each([
  ['answers each request after a while', startSlow],
  ['never answers', () => serve(() => undefined)],
])('a server that %s: the walk ends in time, blames nobody, and is no success', async (_what, start) => {
  const origin = await start();
  const { report, brokenStep, exitCode } = await doctor(`${origin}/mcp`, ['--max-seconds', '0.4']);
  expect([brokenStep, exitCode]).toEqual([undefined, 3]);
  expect(report.requests).toBeLessThan(10);
  const reasons = report.findings.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === 'not judged, out of time').length).toBeGreaterThan(5);
});

it('for people: what was not judged stands in one line, and how to give it more time', async () => {
  const origin = await startSlow();
  const { stdout, stderr } = await runCli(['doctor', `${origin}/mcp`, '--max-seconds', '0.4']);
  expect(stdout).toMatch(/not judged, out of time: .*refresh/s);
  expect(stderr).toContain('--max-seconds gives it more');
});

it('no number of seconds is wrong usage', async () => {
  const { exitCode } = await runCli(['doctor', 'http://127.0.0.1:9/mcp', '--max-seconds', 'soon']);
  expect(exitCode).toBe(2);
});
