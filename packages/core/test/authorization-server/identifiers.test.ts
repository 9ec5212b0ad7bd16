import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { metadataOf, serve } from '../support/documents.js';
import { lastCode, protect, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';
import { createClock } from '../support/clock.js';

const composed = 'https://as.example.com/caf\u00e9';
const decomposed = 'https://as.example.com/cafe\u0301';
const escaped = 'https://as.example.com/caf%C3%A9';
const location = `https://as.example.com/.well-known/oauth-authorization-server${new URL(composed).pathname}`;

/** What comes of a document that states an issuer, where another may have been asked for. */
async function discover(asked: string, text: string): Promise<string> {
  const respond = () => new Response(text, { headers: { 'content-type': 'application/json' } });
  const path = new URL(asked).pathname.replace(/\/$/, '');
  const at = `https://as.example.com/.well-known/oauth-authorization-server${path}`;
  try {
    const { metadata } = await fetchServerConfig(asked, {
      type: 'oauth',
      fetch: serve({ [at]: respond }).fetch,
    });
    return metadata.issuer;
  } catch (error) {
    if (error instanceof MCPAuthAuthServerError) return error.code;
    throw error;
  }
}

describe('identifiers are compared code point by code point', () => {
  test.each([
    ['decomposed', composed, decomposed],
    ['composed', decomposed, composed],
    ['percent-encoded', composed, escaped],
    ['in plain letters', escaped, composed],
  ])('[RFC9728-6-01][RFC8414-4-01] an issuer written %s is another one', async (_how, asked, stated) => {
    expect(await discover(asked, JSON.stringify(metadataOf(stated)))).toBe('issuer_mismatch');
  });

  test.each([
    ['an escaped solidus', 'https://as.example.com/t1', String.raw`https:\/\/as.example.com\/t1`],
    ['escaped letters', 'https://as.example.com/t1', String.raw`https://\u0061s.example.com/t\u0031`],
    ['an escaped accent', composed, String.raw`https://as.example.com/caf\u00e9`],
  ])(
    '[RFC9728-6-01][RFC8414-4-01] %s in the JSON text makes no difference',
    async (_how, issuer, written) => {
      const text = JSON.stringify(metadataOf('ISSUER')).replaceAll('ISSUER', written);
      expect(await discover(issuer, text)).toBe(issuer);
    },
  );

  test('[RFC9728-6-01] a document is asked for in place of the very issuer', async () => {
    const { fetch, requests } = serve({ [location]: metadataOf(composed) });
    expect((await fetchServerConfig(composed, { type: 'oauth', fetch })).metadata.issuer).toBe(composed);
    expect(requests).toEqual([location]);
  });

  test('[RFC9728-6-01][RFC9068-4-01] iss and aud of a token too', async () => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, composed);
    const audiences = ['urn:notes:caf\u00e9'];
    const { ask, events } = await protect({
      clock,
      issuer,
      servers: () => [{ issuer: composed, type: 'oauth', audiences }],
    });
    const judge = async (claims: object) => [
      statusOf(await ask(await issuer.sign({ ...claims }))),
      lastCode(events),
    ];
    expect(await judge({ iss: decomposed, aud: audiences })).toEqual([401, 'untrusted_issuer']);
    expect(await judge({ aud: 'urn:notes:cafe\u0301' })).toEqual([401, 'wrong_audience']);
    expect((await judge({ aud: audiences }))[0]).toBe(200);
  });
});
