import { createHash, randomBytes } from 'node:crypto';
import * as dpop from 'dpop';
import { Recorder } from '../../src/recorder.js';
import { approve } from '../../src/user-agent.js';

const redirectUrl = 'http://127.0.0.1/callback';

/** A client that registers, logs a user in and makes a proof for each request (RFC 9449), with the package `dpop`. */
export class BoundClient {
  readonly #issuer: string;
  readonly #keys: dpop.KeyPair;
  /** By origin: values belong to the server that gave them (RFC 9449 §8.2, §9). */
  readonly #nonces = new Map<string, string>();
  token = '';
  tokenType = '';
  /** Requests that were sent again with a nonce. */
  retries = 0;

  private constructor(issuer: string, keys: dpop.KeyPair) {
    this.#issuer = issuer;
    this.#keys = keys;
  }

  static async create(issuer: string): Promise<BoundClient> {
    return new BoundClient(issuer, await dpop.generateKeyPair('ES256'));
  }

  thumbprint(): Promise<string> {
    return dpop.calculateThumbprint(this.#keys.publicKey);
  }

  /** Authorization code with PKCE, for one resource. */
  async logIn(resource: string, scope: string): Promise<void> {
    const registered = await fetch(`${this.#issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'bound client',
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      }),
    });
    const { client_id: clientId } = (await registered.json()) as { client_id: string };
    const verifier = randomBytes(32).toString('base64url');
    const url = new URL(`${this.#issuer}/auth`);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUrl,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      resource,
      scope,
    }).toString();
    const answer = await approve(url, { redirectUrl, account: 'alice', recorder: new Recorder() });
    const code = answer.get('code');
    if (code === null) throw new Error(`no code, but ${answer.toString()}`);
    const body = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl, client_id: clientId };
    const response = await this.#send(`${this.#issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...body, code_verifier: verifier, resource }),
    });
    const tokens = (await response.json()) as { access_token?: string; token_type?: string };
    if (tokens.access_token === undefined) throw new Error(`no token: ${JSON.stringify(tokens)}`);
    this.token = tokens.access_token;
    this.tokenType = tokens.token_type ?? '';
  }

  /** A request to the resource, with a proof of its own. */
  call(url: string, init: RequestInit = {}): Promise<Response> {
    return this.#send(url, { method: 'POST', ...init }, this.token);
  }

  /** The headers of one request: sent twice, they are a replay. */
  async proveOnce(url: string): Promise<Record<string, string>> {
    return {
      authorization: `DPoP ${this.token}`,
      dpop: await dpop.generateProof(
        this.#keys,
        url,
        'POST',
        this.#nonces.get(new URL(url).origin),
        this.token,
      ),
    };
  }

  async #send(url: string, init: RequestInit, token?: string, isRetry = false): Promise<Response> {
    const { origin } = new URL(url);
    const nonce = this.#nonces.get(origin);
    const proof = await dpop.generateProof(this.#keys, url, init.method ?? 'GET', nonce, token);
    const response = await fetch(url, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        dpop: proof,
        ...(token === undefined ? undefined : { authorization: `DPoP ${token}` }),
      },
    });
    const next = response.headers.get('dpop-nonce');
    if (next !== null) this.#nonces.set(origin, next);
    const wantsNonce =
      (response.headers.get('www-authenticate') ?? '').includes('use_dpop_nonce') ||
      (response.status === 400 && next !== null && next !== nonce);
    if (isRetry || !wantsNonce || (init.body instanceof URLSearchParams && nonce !== undefined))
      return response;
    this.retries += 1;
    await response.body?.cancel();
    return this.#send(url, init, token, true);
  }
}
