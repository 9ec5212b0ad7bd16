// The conformance cases against route handlers of Next.js in workerd, which stands for the edge runtime; skipped where it cannot be had.
// A few of each kind: node --test packages/next/test/runtimes/workerd.mjs; all of them: with CASES=all in front.
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cases, registerConformance } from '../../../conformance/dist/index.js';
import { start, workerdCommand, workerdConfig } from '../../../core/test/runtimes/start-host.mjs';
import { install, versions } from '../../../schemas/test/runtimes/runtimes.mjs';

const esbuild = createRequire(new URL('../../../schemas/package.json', import.meta.url))('esbuild');

/** The application of the cases, made anew for each of them, and what is told of it. */
const worker = `
import { RemoteApplication } from '../../../conformance/dist/remote.js';
import { createApp } from '../support/create-app.js';

let remote;
let app;
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/ready') return new Response();
    if (pathname === '/-/begin') {
      remote = new RemoteApplication(await request.json());
      app = createApp(remote.setup);
      return Response.json({});
    }
    if (pathname === '/-/sync') return Response.json(remote.sync(await request.json()));
    // No socket is to be seen here: the platform would say who has sent a request
    return app(request, { remoteAddr: { hostname: '127.0.0.1' } });
  },
};
`;

/** As a deployment on the edge would: one module, built for that condition. */
async function bundle() {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: worker, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['edge-light', 'worker', 'browser'],
    external: ['node:*'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** One case for each configuration and each outcome. */
function selectCovering() {
  const seen = new Set();
  return cases.filter(({ profile, expect }) => {
    const fact = `${profile} ${expect.status}`;
    if (seen.has(fact)) return false;
    seen.add(fact);
    return true;
  });
}

test(`route handlers of Next.js on workerd ${versions.workerd}`, async (t) => {
  const modules = await install('workerd', versions.workerd);
  if (modules === undefined) return t.skip('it cannot be had on this machine');
  const { port, stop } = await start(
    {
      name: 'workerd',
      files: async (at) => ({
        'main.mjs': await bundle(),
        'worker.capnp': workerdConfig(
          at,
          `modules = [(name = "main.mjs", esModule = embed "main.mjs")],
    compatibilityFlags = ["nodejs_compat"]`,
          '(name = "internet", network = (allow = ["public", "private"])), ',
        ),
      }),
      command: workerdCommand,
    },
    modules,
  );
  const origin = `http://127.0.0.1:${port}`;
  const tell = async (path, value) => {
    const response = await fetch(`${origin}${path}`, { method: 'POST', body: JSON.stringify(value) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const subject = {
    name: 'route handlers of Next.js on workerd',
    startRemote: async (world) => {
      await tell('/-/begin', world);
      return { origin, sync: (nowMs) => tell('/-/sync', nowMs), close: () => Promise.resolve() };
    },
  };
  const pending = [];
  const selection = process.env.CASES === 'all' ? cases : selectCovering();
  registerConformance(subject, (name, run) => pending.push([name, run]), selection);
  try {
    // One after another: each makes the application anew
    for (const [name, run] of pending) await t.test(name, run);
  } finally {
    await stop();
  }
});
