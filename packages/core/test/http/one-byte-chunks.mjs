// What bodies in tiny pieces cost a server: 50 connections at a time against each adapter, in a child with a heap of 256 MB.
// Needs built packages. Ends with 1 where a server dies, leaves a connection without an answer, or takes 400 MB or more.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const adapters = ['Express 5', 'Express 4', 'Fastify', 'Hono on Node', 'fetch entry on Node'];
const connections = 50;
const bodyBytes = 4 * 1024 * 1024;
const mostMegabytes = 400;

const token = 'Authorization: Bearer alice\r\n';

/** By name: the size of each chunk, and the field that makes a caller known. */
const attacks = {
  'single bytes, with a token': { size: 1, field: token },
  'single bytes, without one': { size: 1, field: '' },
  'four bytes each, with a token': { size: 4, field: token },
  // Large enough to be read to its end
  '32 bytes each, with a token': { size: 32, field: token },
};

/** A body at the limit, which all connections share. */
const createBody = (size) =>
  Buffer.from(`${`${size.toString(16)}\r\n${' '.repeat(size)}\r\n`.repeat(bodyBytes / size)}0\r\n\r\n`);

/** Sends a body as far as the server takes it; the status that came, if one did. */
function attack(port, field, body) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    // A server that closes while it is sent to resets the connection
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'none'));
    socket.on('data', (chunk) => {
      text += chunk;
      // Of a connection that stays open the answer is enough
      if (/\r\n\r\n/.test(text) && !/^connection: close/im.test(text)) socket.destroy();
    });
    socket.write(
      `POST /mcp HTTP/1.1\r\nHost: localhost\r\n${field}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    socket.write(body);
  });
}

async function measure(adapter, name) {
  const child = fork(fileURLToPath(new URL('one-byte-chunks-host.mjs', import.meta.url)), [adapter], {
    execArgv: ['--max-old-space-size=256'],
  });
  let isDead = false;
  child.once('exit', () => (isDead = true));
  const [{ port }] = await once(child, 'message');
  const statuses = new Map();
  const { size, field } = attacks[name];
  const body = createBody(size);
  const answers = await Promise.all(Array.from({ length: connections }, () => attack(port, field, body)));
  for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const honest = isDead
    ? undefined
    : await fetch(`http://127.0.0.1:${port}/mcp`, {
        method: 'POST',
        headers: { authorization: 'Bearer alice', 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      }).catch(() => undefined);
  let megabytes = Infinity;
  if (!isDead) {
    child.send('memory');
    [{ megabytes }] = await once(child, 'message');
    child.kill();
  }
  const isFine = megabytes < mostMegabytes && honest?.status === 200 && !statuses.has('none');
  const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  console.log(
    `${isFine ? 'ok  ' : 'FAIL'} ${adapter.padEnd(20)} ${name.padEnd(30)} ${isDead ? 'the server died' : `${Math.round(megabytes)} MB`.padStart(7)}  answers: ${told}; then ${honest?.status ?? 'none'}`,
  );
  return isFine;
}

let failures = 0;
for (const adapter of adapters) {
  for (const name of Object.keys(attacks)) if (!(await measure(adapter, name))) failures += 1;
}
console.log(failures === 0 ? `All below ${mostMegabytes} MB.` : `${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
