import { connect } from 'node:http2';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Certificate } from './certificates.js';

export interface Sent {
  readonly port: number;
  readonly isHttp2?: true | undefined;
  readonly client?: Certificate | undefined;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export interface Received {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly body: string;
}

/** One request over a TLS connection of its own. */
export function send(sent: Sent): Promise<Received> {
  return sent.isHttp2 === true ? sendHttp2(sent) : sendHttp1(sent);
}

const keysOf = (client: Certificate | undefined) =>
  client === undefined ? {} : { cert: client.cert, key: client.key };

function sendHttp1({ port, client, headers }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/mcp', agent: false, rejectUnauthorized: false };
    request({ ...options, ...keysOf(client), method: 'GET', headers }, (response) => {
      text(response).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            challenge: response.headers['www-authenticate'],
            body,
          }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

function sendHttp2({ port, client, headers }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, ...keysOf(client) });
    session.on('error', reject);
    const stream = session.request({ ':path': '/mcp', ...headers });
    stream.on('error', reject).on('response', (head) => {
      text(stream).then((body) => {
        session.close();
        resolve({ status: Number(head[':status']), challenge: head['www-authenticate'] as string, body });
      }, reject);
    });
    stream.end();
  });
}
