import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import { type AuthorizationRequest, createAuthorizationRequest } from '../login/authorization-request.js';
import type { CallbackServer } from '../login/callback-server.js';
import { visit } from '../login/headless.js';
import type { ProblemId } from '../problems/problems.js';
import { Broken } from '../trail.js';
import type { Login, Walk } from '../walk-state.js';
import { excerpt } from '../words/excerpt.js';
import type { FoundClient } from './registration.js';
import type { FoundServer } from './server-metadata.js';

/** What a login brought: a code and what it is exchanged with. */
export interface Grant {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

export interface LoginNeeds {
  readonly server: FoundServer;
  readonly client: FoundClient;
  readonly callback: CallbackServer;
  readonly resource: string;
  readonly scopes: readonly string[];
}

type Interactive = Extract<Login, { readonly kind: 'browser' | 'headless' }>;

/** One login of a user, by a browser or without. */
export async function logIn(walk: Walk, login: Interactive, needs: LoginNeeds): Promise<Grant> {
  const { server, client, callback, resource, scopes } = needs;
  const { redirectUri } = callback;
  const request = await createAuthorizationRequest(server, {
    clientId: client.id,
    redirectUri,
    resource,
    scopes,
  });
  walk.line.conceal(request.verifier, server.tokenEndpoint.origin);
  const answer = await getAnswer(walk, login, request, callback);
  // Before it is judged: an answer for somebody else has a code too
  for (const each of answer.searchParams.getAll('code')) walk.line.conceal(each, server.tokenEndpoint.origin);
  const code = judgeAnswer(answer, server, client.id, request);
  return { code, verifier: request.verifier, redirectUri };
}

async function getAnswer(
  walk: Walk,
  login: Interactive,
  { url, redirectUri }: AuthorizationRequest,
  callback: CallbackServer,
): Promise<URL> {
  if (login.kind === 'headless') return visit(walk, url, redirectUri, login.answers);
  const isOpen = await login.open(url);
  login.say(isOpen ? 'Log in with the browser that was opened, or at:' : 'Log in at:');
  login.say(url.href);
  const answer = await callback.wait(walk.options.loginTimeoutMs);
  if (answer !== undefined) return answer;
  throw new Broken({
    problem: 'login-unfinished',
    why: `Nobody came back to ${redirectUri} in ${walk.options.loginTimeoutMs / 1000} s.`,
  });
}

/** State and issuer are checked before anything else in the answer is believed (RFC 9207 §2.4). */
function judgeAnswer(
  answer: URL,
  { issuer, statesIssuer }: FoundServer,
  clientId: string,
  { state }: AuthorizationRequest,
): string {
  const stated = answer.searchParams.get('state');
  if (stated !== state) {
    throw new Broken({
      problem: 'state-mismatch',
      why: stated === null ? 'The answer has no state.' : 'The answer has another state than was sent.',
    });
  }
  const iss = answer.searchParams.get('iss');
  if ((iss !== null && iss !== issuer) || (iss === null && statesIssuer)) {
    throw new Broken({
      problem: 'response-issuer',
      why:
        iss === null ? 'The answer has no iss, which the metadata announces.' : `The answer says iss=${iss}.`,
      expected: issuer,
      actual: iss ?? undefined,
    });
  }
  const server = { issuer, authorization_response_iss_parameter_supported: statesIssuer };
  try {
    const parameters = validateAuthResponse(server, { client_id: clientId }, answer, state);
    const code = parameters.get('code');
    if (code !== null && code !== '') return code;
    throw new Broken({ problem: 'login-error', why: 'The answer has neither a code nor an error.' });
  } catch (error) {
    if (error instanceof Broken) throw error;
    if (error instanceof AuthorizationResponseError) throw explainError(error);
    const why = error instanceof Error ? error.message : 'The answer cannot be read.';
    throw new Broken({ problem: 'login-error', why });
  }
}

function explainError({ error, error_description: description }: AuthorizationResponseError): Broken {
  return new Broken({
    problem: toProblem(error, description ?? ''),
    why: `The authorization server came back with ${error}${excerpt(description ?? '')}.`,
    actual: error,
  });
}

function toProblem(error: string, description: string): ProblemId {
  // Entra ID names scopes of another application by these numbers
  if (error === 'invalid_scope' || /AADSTS(?:65005|650053|70011)\b/.test(description)) return 'login-scope';
  if (error === 'invalid_target' || /AADSTS9010010\b/.test(description)) return 'login-target';
  return error === 'access_denied' ? 'login-denied' : 'login-error';
}
