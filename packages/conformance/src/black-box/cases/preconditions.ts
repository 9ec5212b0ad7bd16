import { goodAnswer } from '../../profiles/introspection-profiles.js';
import { isLetIn, linesOf } from '../exchange.js';
import type { Probe } from '../probe.js';

/** Refusals prove nothing where nobody is let in. */
export async function whyNoToken(probe: Probe): Promise<string | undefined> {
  if (!probe.hasIssuer && probe.credentials.token === undefined) return undefined;
  const isIn = await probe.remember('good token', async () =>
    isLetIn(await probe.call({ token: await probe.goodToken() })),
  );
  return isIn ? undefined : 'No token is let in, so a refusal says nothing: see good-token.';
}

export async function whyNoProofs(probe: Probe): Promise<string | undefined> {
  const offered = linesOf(await probe.unauthenticated(), 'www-authenticate').some((line) =>
    /\bDPoP\b/i.test(line),
  );
  const document = (await probe.document()) ?? {};
  const said =
    'dpop_signing_alg_values_supported' in document || 'dpop_bound_access_tokens_required' in document;
  return offered || said ? undefined : 'The server says nowhere that it takes tokens with proofs.';
}

export async function whyNoIntrospection(probe: Probe): Promise<string | undefined> {
  const isAsked = await probe.remember('introspection', async () => {
    const token = `opaque-asked-${Date.now().toString(36)}`;
    const [aud, scope] = [await probe.resource(), (await probe.scopes()).join(' ')];
    probe.issuer.know(token, { ...goodAnswer, aud, scope });
    probe.conceal(token);
    const before = probe.issuer.count('introspection');
    // After an outage, a server may leave the endpoint alone for some seconds
    while (await probe.waitFor(await probe.call({ token })));
    return probe.issuer.count('introspection') > before;
  });
  return isAsked ? undefined : 'The server does not ask the introspection endpoint.';
}

export async function whyNoSignedAnswers(probe: Probe): Promise<string | undefined> {
  const reason = await whyNoIntrospection(probe);
  return reason ?? (probe.issuer.asksForSignedAnswers ? undefined : 'The server asks for no signed answers.');
}
