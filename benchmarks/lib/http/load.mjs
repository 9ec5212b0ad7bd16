import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * A load generator that does little else than write bytes and look for the end of the answer, so that it keeps one server
 * busy. Each connection has one request under way.
 */

const head = (method, header) =>
  `${method} /mcp HTTP/1.1\r\nhost: mcp.example.com\r\naccept: application/json, text/event-stream\r\nmcp-protocol-version: 2025-11-25\r\nuser-agent: bench\r\n${header}`;
const authorize = (authorization) =>
  authorization === undefined ? '' : `authorization: ${authorization}\r\n`;

/** A request for the protected route, ready to be written. */
export function createRequest(authorization) {
  return Buffer.from(`${head('GET', authorize(authorization))}\r\n`, 'latin1');
}

/** One with a body of JSON. */
export function createPost(authorization, body) {
  const length = Buffer.byteLength(body);
  const headers = `${authorize(authorization)}content-type: application/json\r\ncontent-length: ${length}\r\n`;
  return Buffer.from(`${head('POST', headers)}\r\n${body}`);
}

/** Status and length of the answer at the start of `text`, once it is complete. */
function readAnswer(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const fields = text.slice(0, head).toLowerCase();
  const status = Number(text.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/.exec(fields)?.[1];
  if (length !== undefined) {
    const end = head + 4 + Number(length);
    return text.length >= end ? { status, end } : undefined;
  }
  if (!fields.includes('transfer-encoding: chunked')) return { status, end: head + 4 };
  const last = text.indexOf('0\r\n\r\n', head);
  return last === -1 ? undefined : { status, end: last + 5 };
}

async function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.setEncoding('latin1');
  return socket;
}

function ask(socket, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (done) => {
      socket.off('data', onData).off('error', onEnd).off('close', onEnd);
      done();
    };
    const onData = (chunk) => {
      text += chunk;
      const answer = readAnswer(text);
      if (answer !== undefined) settle(() => resolve(answer.status));
    };
    const onEnd = () => settle(() => reject(new Error('The server closed the connection')));
    socket.on('data', onData).on('error', onEnd).on('close', onEnd);
    socket.write(request);
  });
}

/**
 * Opens connections to a server.
 *
 * @returns an object whose `send` asks `count` times and resolves with how often each status came
 */
export async function openLoad(port, connections = 16) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  return {
    /** @param {(index: number) => Buffer} requestAt */
    async send(count, requestAt) {
      const statuses = new Map();
      let next = 0;
      const work = async (socket) => {
        while (next < count) {
          const status = await ask(socket, requestAt(next++));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      };
      await Promise.all(sockets.map(work));
      return statuses;
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
