import { once } from 'node:events';
import { request as send } from 'node:http';
import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { calibrateCalls, compareCpu } from '../cpu-rounds.mjs';
import { createClaims } from '../issuer/tokens.mjs';
import { duration } from '../report.mjs';
import { alone, bare, inline, self } from '../subjects/http/names.mjs';

/**
 * Middleware called again and again with the objects of a real request that is held open, so that nothing but the
 * middleware is measured. Each call finds the token as a new string, as a parser would have made it. It is a POST: to the response of a GET,
 * which may be a stream, the end of its right is tied, each time once more.
 */

/** By framework: starts a server that hands the objects of its first request to `hold` and answers when that resolves. */
const hosts = {
  express: (hold) => {
    const app = express();
    app.post('/mcp', (request, response) => {
      void hold({ incoming: request, objects: [request, response] }).then(() => response.end());
    });
    return createServer(app).listen(0, '127.0.0.1');
  },
  fastify: (hold) => {
    const app = Fastify();
    app.post('/mcp', async (request, reply) => {
      await hold({ incoming: request.raw, objects: [request, reply] });
      return {};
    });
    void app.listen({ port: 0, host: '127.0.0.1' });
    return app.server;
  },
  hono: (hold) => {
    const app = new Hono();
    app.post('/mcp', async (context) => {
      await hold({ incoming: context.env.incoming, objects: [context] });
      return context.json({});
    });
    return serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  },
};

/** Calls `work` with a callback and waits for it, without a promise where it was called at once. */
function callBack(work) {
  let isDone = false;
  let resolve;
  work(() => {
    isDone = true;
    resolve?.();
  });
  return isDone ? undefined : new Promise((settle) => (resolve = settle));
}

const settled = Promise.resolve();
const next = () => settled;

/** By framework: one call of the middleware as the framework would make it; a promise where it takes its time. */
const callers = {
  express: (middleware, request, response) => callBack((done) => middleware(request, response, done)),
  fastify: ({ onRequest, preHandler = (_request, _reply, done) => done() }, held, reply) => {
    // A gate asks once in a request: each call needs one of its own
    const request = Object.create(held);
    return callBack((done) => onRequest(request, reply, () => preHandler(request, reply, done)));
  },
  hono: (middleware, context) => middleware(context, next),
};

async function measureFramework(framework, setup, token, { rounds, milliseconds }) {
  const { middleware } = await import(`../subjects/http/${framework}.mjs`);
  const bytes = Buffer.from(`Bearer ${token}`);
  let measured;
  const hold = async ({ incoming, objects }) => {
    const place = incoming.rawHeaders.findIndex((name) => name.toLowerCase() === 'authorization') + 1;
    const contenders = {};
    for (const name of [alone, bare, self, inline]) {
      const subject = name === alone ? undefined : middleware[name](setup);
      const call = name === alone ? () => undefined : callers[framework];
      const work = async (calls) => {
        for (let index = 0; index < calls; index++) {
          const value = bytes.latin1Slice();
          incoming.rawHeaders[place] = value;
          incoming.headers.authorization = value;
          const result = call(subject, ...objects);
          if (result instanceof Promise) await result;
        }
      };
      await work(2000);
      const operations = await calibrateCalls(work, milliseconds);
      contenders[name] = { operations, work: () => work(operations) };
    }
    measured = await compareCpu(contenders, { baseline: bare, rounds });
  };
  let failure;
  const server = hosts[framework]((held) => hold(held).catch((error) => (failure = error)));
  if (!server.listening) await once(server, 'listening');
  const request = send({
    port: server.address().port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/mcp',
    headers: { authorization: `Bearer ${token}` },
  }).end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  server.closeAllConnections();
  server.close();
  if (failure !== undefined) throw failure;
  return measured;
}

/** @param {{ frameworks: Record<string, string>, report: import('../report.mjs').Report }} options */
export async function measureHeld({ quick, report, setup, key, frameworks }) {
  const settings = quick ? { rounds: 9, milliseconds: 5 } : { rounds: 31, milliseconds: 10 };
  const token = key.sign(createClaims(setup.issuer));
  const rows = [['', ...Object.values(frameworks)]];
  const byName = Object.fromEntries([alone, bare, self, inline].map((name) => [name, [name]]));
  for (const [framework, title] of Object.entries(frameworks)) {
    const measured = await measureFramework(framework, setup, token, settings);
    for (const { name, nanoseconds } of measured) byName[name].push(duration(nanoseconds));
    (report.figures.held ??= {})[title] = measured;
  }
  report.table('One call of the middleware in process, a token seen before', [
    ...rows,
    ...Object.values(byName),
  ]);
}
