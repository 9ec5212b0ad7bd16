import { isToken68 } from '../credentials/token68.js';
import type { Clock } from '../net/clock.js';
import type { IntrospectionBearer, IntrospectionClientAuthentication } from '../config/introspection.js';
import { credentialsFault } from './credentials-fault.js';
import { createAssertionSigner } from './private-key-jwt.js';

/** A request to an introspection endpoint before it is sent. */
export interface IntrospectionRequest {
  readonly headers: Record<string, string>;
  readonly body: URLSearchParams;
}

/** Adds to a request what shows who asks. Holds the secrets; nothing that is printed or turned into JSON shows them. */
export interface ClientAuthentication {
  readonly method: IntrospectionClientAuthentication['method'];
  readonly clientId: string | undefined;
  apply(request: IntrospectionRequest): void | Promise<void>;
  /** Rejects when a key turns out to be unusable. */
  ready(): Promise<void>;
}

/**
 * Creates the authentication that a checked configuration describes.
 *
 * @param issuer - identifier of the authorization server, the audience of assertions
 */
export function createClientAuthentication(
  config: IntrospectionClientAuthentication,
  issuer: string,
  now: Clock,
): ClientAuthentication {
  const { method, clientId } = config;
  switch (config.method) {
    case 'client_secret_basic': {
      const field = `Basic ${btoa(`${formEncode(config.clientId)}:${formEncode(config.clientSecret)}`)}`;
      return {
        method,
        clientId,
        apply: ({ headers }) => {
          headers.authorization = field;
        },
        ready: () => Promise.resolve(),
      };
    }
    case 'client_secret_post': {
      const { clientSecret } = config;
      return {
        method,
        clientId,
        apply: ({ body }) => {
          body.set('client_id', config.clientId);
          body.set('client_secret', clientSecret);
        },
        ready: () => Promise.resolve(),
      };
    }
    case 'private_key_jwt': {
      const sign = createAssertionSigner(config, issuer, now);
      return {
        method,
        clientId,
        apply: async ({ body }) => {
          body.set('client_id', config.clientId);
          body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
          body.set('client_assertion', await sign());
        },
        ready: async () => {
          await sign();
        },
      };
    }
    case 'bearer':
      return {
        method,
        clientId,
        apply: async ({ headers }) => {
          headers.authorization = `Bearer ${await readToken(config)}`;
        },
        ready: async () => {
          await readToken(config);
        },
      };
  }
}

/** RFC 6749 §2.3.1 and Appendix B: id and secret are form-encoded before they are joined. */
function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1);
}

async function readToken({ token }: IntrospectionBearer): Promise<string> {
  const value: unknown = typeof token === 'string' ? token : await ask(token);
  if (typeof value === 'string' && isToken68(value)) return value;
  const hint =
    typeof value === 'string' && isToken68(value.trim())
      ? '. Trim it: there is a blank or a line break around it'
      : '';
  throw credentialsFault(
    `clientAuthentication.token returned something that is no bearer token (RFC 6750 §2.1)${hint}`,
  );
}

async function ask(token: () => string | Promise<string>): Promise<unknown> {
  try {
    return await token();
  } catch {
    // What it threw may hold a secret
    throw credentialsFault('clientAuthentication.token threw');
  }
}
