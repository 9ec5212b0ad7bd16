import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { readMilliseconds } from './moments.js';
import { generatePem } from '../../../../../packages/core/test/support/generate-pem.js';

/** What came back, and how long it took. */
export interface Answer {
  readonly status: number;
  /** Of the challenge, if there is one. */
  readonly error: string | undefined;
  readonly nonce: string | undefined;
  /** Which process has answered. */
  readonly by: string | undefined;
  readonly ms: number;
}

/** Connections to one address, which are kept. */
export class Connections {
  readonly #agent: Agent;
  readonly #url: string;
  /** What proofs are for. */
  readonly htu: string;

  constructor(url: string, htu: string, atATime = 64) {
    this.#url = url;
    this.htu = htu;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atATime });
  }

  get(headers: Readonly<Record<string, string>>): Promise<Answer> {
    const started = readMilliseconds();
    return new Promise((resolve, reject) => {
      const sent = request(this.#url, { agent: this.#agent, headers }, (response) => {
        response.resume();
        response.once('end', () => {
          const {
            'www-authenticate': challenge = '',
            'dpop-nonce': nonce,
            'x-process': by,
          } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            error: /error="([^"]*)"/.exec(challenge)?.[1],
            nonce: nonce === undefined ? undefined : String(nonce),
            by: by === undefined ? undefined : String(by),
            ms: readMilliseconds() - started,
          });
        });
      });
      sent.once('error', reject);
      sent.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** A client with a key of its own and a token that is bound to it. */
export class BoundClient {
  readonly #key: KeyObject;
  readonly #header: string;
  readonly thumbprint: string;
  #token = '';
  #hash = '';
  #nonce: string | undefined;

  constructor() {
    const { privateKey, publicKey } = generatePem('ES256');
    this.#key = createPrivateKey(privateKey);
    const { kty, crv, x, y } = createPublicKey(publicKey).export({ format: 'jwk' });
    this.#header = encode({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } });
    this.thumbprint = digest(JSON.stringify({ crv, kty, x, y }));
  }

  set token(token: string) {
    this.#token = token;
    this.#hash = digest(token);
  }

  /** Headers with a new proof. */
  prove(htu: string): Readonly<Record<string, string>> {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { jti: randomUUID(), htm: 'GET', htu, iat, ath: this.#hash, nonce: this.#nonce };
    const input = `${this.#header}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return {
      authorization: `DPoP ${this.#token}`,
      dpop: `${input}.${signature.toString('base64url')}`,
    };
  }

  /** As clients do: what an answer says of the nonce counts from then on. */
  learn(answer: Answer): Answer {
    if (answer.nonce !== undefined) this.#nonce = answer.nonce;
    return answer;
  }

  /** Sends new proofs until the server has no other nonce to give, once more at most; with the headers of the last one. */
  async call(connections: Connections) {
    for (let attempt = 1; ; attempt++) {
      const headers = this.prove(connections.htu);
      const answer = this.learn(await connections.get(headers));
      if (answer.error !== 'use_dpop_nonce' || attempt === 2) return { answer, headers };
    }
  }
}
