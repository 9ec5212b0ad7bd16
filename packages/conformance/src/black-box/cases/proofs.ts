import { goodAnswer } from '../../profiles/introspection-profiles.js';
import { parameterOf } from '../../rules/challenge-rules.js';
import { defineCases } from '../define-cases.js';
import { headerOf, isLetIn, linesOf, readChallenges } from '../exchange.js';
import { judgeAnswer } from '../judge-answer.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, skipped } from '../verdict.js';
import { whyNoIntrospection, whyNoProofs } from './preconditions.js';

/** Sends a token that is bound to a key, with a proof of it. */
async function sendProof(probe: Probe, token: string, nonce?: string) {
  const url = probe.url.split('?', 1)[0] ?? '';
  const recipe = nonce === undefined ? {} : { claims: { nonce } };
  const context = { method: 'POST', url, token, placeholders: probe.issuer.placeholders };
  const proof = probe.issuer.prove(recipe, context);
  probe.conceal(proof);
  return probe.call({ authorization: [`DPoP ${token}`], headers: [['DPoP', proof]] });
}

/** What a server that takes proofs shows, and the adapter form shows in its own profiles. */
export const proofCases = defineCases('proofs', {
  'proof-nonce': {
    title: 'a proof without a nonce is answered with one, and let in with it',
    requirements: ['RFC9449-9-01', 'RFC9449-4.3-10', 'MCP-EXT-DPOP-06'],
    needs: 'issuer',
    fix: 'Answer 401 with error="use_dpop_nonce" and one DPoP-Nonce.',
    probe: async (probe) => {
      const reason = await whyNoProofs(probe);
      if (reason !== undefined) return skipped(reason);
      const token = await probe.mint({ claims: { cnf: { jkt: '{holder}' } } });
      const first = await sendProof(probe, token);
      const asks = (readChallenges(first) ?? []).some(
        (challenge) => parameterOf(challenge, 'error') === 'use_dpop_nonce',
      );
      if (!asks) return skipped('The server asks for no nonces.');
      const [nonce, ...more] = linesOf(first, 'dpop-nonce');
      if (first.status !== 401 || nonce === undefined || more.length > 0)
        return failed(
          '401 with one DPoP-Nonce',
          `${describeAnswer(first)}, DPoP-Nonce: ${String(headerOf(first, 'dpop-nonce'))}`,
        );
      const second = await sendProof(probe, token, nonce);
      return check(isLetIn(second), 'let in with the nonce', describeAnswer(second));
    },
  },
  'proofs-required': {
    title: 'where proofs are required, a plain token is never enough',
    requirements: ['RFC9449-7.2-03', 'RFC9449-7.1-01'],
    needs: 'issuer',
    fix: 'Refuse tokens without cnf where dpop_bound_access_tokens_required is true.',
    probe: async (probe) => {
      const document = (await probe.document()) ?? {};
      if (document.dpop_bound_access_tokens_required !== true) return skipped('Proofs are not required.');
      return judgeAnswer(await probe.call({ token: await probe.mint() }), 'unauthorized');
    },
  },
});

export const introspectionScopeCases = defineCases('introspection', {
  'introspection-scopes': {
    title: 'scopes of an answer are one string, with a space between them',
    requirements: ['RFC7662-2.2-03'],
    needs: 'issuer',
    fix: 'Split scope of the answer at spaces.',
    probe: async (probe) => {
      const reason = await whyNoIntrospection(probe);
      if (reason !== undefined) return skipped(reason);
      const token = `opaque-scopes-${Date.now().toString(36)}`;
      probe.conceal(token);
      const scope = ['first-of-many', ...(await probe.scopes()), 'last-of-many'].join(' ');
      probe.issuer.know(token, { ...goodAnswer, aud: await probe.resource(), scope });
      const answer = await probe.call({ token });
      return check(isLetIn(answer), `let in with ${scope}`, describeAnswer(answer));
    },
  },
});
