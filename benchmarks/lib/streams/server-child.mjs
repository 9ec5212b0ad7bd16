// A server of one process whose GET streams stay open: with streams that end with their right, or with all but that.
import { createServer } from 'node:http';
import { BaseMCPAuth, runGate } from '@mcp-auth/core/adapter';
import { guardNodeStream, NodeRequestHead, setNodeHeaders, writeNodeAnswer } from '@mcp-auth/core/node';

const [issuer, resource, isGuarded] = process.argv.slice(2);
const responses = new Set();

class MCPAuth extends BaseMCPAuth {
  static interfaceVersion = 1;

  bearerAuth() {
    const gate = this.engine.createGate();
    return (exchange) => runGate(gate, binding, exchange);
  }
}

const binding = {
  readHead: ({ request }) => new NodeRequestHead(request),
  refuse: ({ response }, answer) => writeNodeAnswer(response, answer),
  proceed: ({ request, response }, auth, headers) => {
    setNodeHeaders(response, headers);
    request.auth = auth;
    responses.add(response);
    response.once('close', () => responses.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"jsonrpc":"2.0","method":"notifications/message"}\n\n');
  },
  fail: ({ response }, error) => response.destroy(error),
  capabilities:
    isGuarded === 'true'
      ? {
          guardStream: ({ response }, stream, proceed) => {
            guardNodeStream(response, stream);
            return proceed();
          },
        }
      : {},
};

const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer], log: false, checkAtStart: false });
const protect = mcpAuth.bearerAuth();
const server = createServer((request, response) => protect({ request, response }));
server.listen(0, '127.0.0.1', 4096, () => process.send({ port: server.address().port }));

async function collect() {
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return process.memoryUsage();
}

const tasks = {
  measure: async () => ({ heap: (await collect()).heapUsed, open: responses.size }),
  revoke: async () => {
    const began = performance.now();
    const { streams } = await mcpAuth.revoke({ issuer, client: 'benchmark' });
    return { streams, ms: performance.now() - began };
  },
  cpu: () => process.cpuUsage(),
};

process.on('message', async ({ task }) => process.send({ result: await tasks[task]() }));
process.on('disconnect', () => process.exit());
