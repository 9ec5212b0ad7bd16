import { createClaims, resource, scope } from '../issuer/tokens.mjs';
import { createSigningKey } from '../issuer/signing-key.mjs';
import { startIssuer } from '../issuer/start-issuer.mjs';
import { subjects } from './subjects.mjs';

const alg = 'RS256';

/**
 * What a server answers, as much of it as a client acts on.
 *
 * @typedef {{ status: number, challenge: string, retryAfter: string | null, body: string }} Answer
 */

/** @returns {Promise<Answer>} */
async function ask(port, token, path = '/mcp') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate') ?? '',
    retryAfter: response.headers.get('retry-after'),
    body: await response.text(),
  };
}

/**
 * Starts each library as its README shows, with every check on that it offers, and sends all of them the same requests.
 *
 * @returns {Promise<readonly { name: string, head?: string, answers: Record<string, Answer> }[]>}
 */
export async function askSubjects() {
  const results = [];
  for (const subject of subjects)
    results.push({ name: subject.name, head: subject.head, answers: await askSubject(subject) });
  return results;
}

async function askSubject({ listen }) {
  const [first, second] = [createSigningKey(alg, 'first'), createSigningKey(alg, 'second')];
  const issuer = await startIssuer([first]);
  const setup = { alg, issuer: issuer.issuer, jwksUri: issuer.jwksUri, jwks: [first.jwk], resource, scope };
  const claims = (overrides) => createClaims(issuer.issuer, overrides);
  const past = Math.floor(Date.now() / 1000) - 3600;
  const port = await listen(setup);
  const answers = {
    none: await ask(port),
    metadata: await ask(
      port,
      undefined,
      `/.well-known/oauth-protected-resource${new URL(resource).pathname}`,
    ),
    good: await ask(port, first.sign(claims())),
    expired: await ask(port, first.sign(claims({ iat: past - 60, exp: past }))),
    audience: await ask(port, first.sign(claims({ aud: 'https://other.example.com/mcp' }))),
    scope: await ask(port, first.sign(claims({ scope: 'notes:list' }))),
  };
  issuer.publish([second]);
  answers.rotated = await ask(port, second.sign(claims()));
  // A process that has seen nothing yet, and an issuer that is down since it listens
  const cold = await listen(setup);
  issuer.setDown(true);
  answers.outage = await ask(cold, second.sign(claims()));
  await issuer.close();
  return answers;
}
