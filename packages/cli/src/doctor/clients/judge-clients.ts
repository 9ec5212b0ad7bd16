import { isLoopback } from '../words/addresses.js';
import { type KnownClient, knownClients } from './known-clients.js';

/** What a walk has shown, as far as it decides about clients. */
export interface ClientFacts {
  readonly target: URL;
  /** The step at which the walk stopped, where it stopped at something that no client can pass. */
  readonly brokenStep: string | undefined;
  /** Whom that stops. */
  readonly stops?: 'all' | 'strict' | 'pages' | 'nobody' | undefined;
  /** Whether the token was given, so that no client would have it. */
  readonly isTokenGiven?: boolean | undefined;
  /** Whether the authorization server takes documents; absent: the walk did not come so far. */
  readonly documents?: boolean | undefined;
  /** `refused`: tried as clients do, and refused. `untried`: there is an endpoint, and it was not tried. */
  readonly registration?:
    | 'works'
    | 'works without refresh_token'
    | 'refused'
    | 'untried'
    | 'none'
    | undefined;
  /** Whether the call was answered in the end. */
  readonly called: boolean;
  /** Whether the server asked for more scopes on the way. */
  readonly needsStepUp: boolean;
}

export interface ClientVerdict {
  readonly client: KnownClient;
  readonly verdict: 'passes' | 'fails' | 'unknown';
  readonly why: string;
}

export function judgeClients(facts: ClientFacts): readonly ClientVerdict[] {
  return knownClients.map((client) => ({ client, ...judge(client, facts) }));
}

type Judged = Omit<ClientVerdict, 'client'>;
const fails = (why: string): Judged => ({ verdict: 'fails', why });
const unknown = (why: string): Judged => ({ verdict: 'unknown', why });

function judge(client: KnownClient, facts: ClientFacts): Judged {
  const { brokenStep, called } = facts;
  const reach = judgeReach(client, facts);
  if (reach !== undefined) return reach;
  if (brokenStep !== undefined && brokenStep !== 'registration') return judgeStop(client, facts, brokenStep);
  const registering = judgeRegistration(client, facts);
  if (registering !== undefined) return registering;
  if (brokenStep !== undefined) return judgeStop(client, facts, brokenStep);
  if (facts.needsStepUp && client.stepsUp === false) return fails('does not log in again for more scopes');
  if (facts.needsStepUp && client.stepsUp === undefined)
    return unknown('more scopes are asked for, and it is not known whether it logs in again');
  if (!called) return unknown('the walk did not come to a call');
  return {
    verdict: 'passes',
    why:
      client.callback === 'https'
        ? 'nothing that it is known to need is missing; a registration with its callback was not tried'
        : 'nothing that it is known to need is missing',
  };
}

function judgeStop(
  { isPage }: KnownClient,
  { stops = 'all', isTokenGiven }: ClientFacts,
  step: string,
): Judged {
  switch (stops) {
    case 'nobody':
      return { verdict: 'passes', why: 'is let in without a token, like everybody' };
    case 'pages':
      return isPage === true
        ? fails(`stops at ${step}`)
        : unknown('the walk was that of a page, and this is none');
    case 'strict':
      return unknown(`stops at ${step} if it checks what is wrong there, and that is not known`);
    case 'all':
      return isTokenGiven === true
        ? unknown('the token was given, and is not one that it got')
        : fails(`stops at ${step}`);
  }
}

/** A client that its maker hosts does not come to this machine. */
function judgeReach({ isHosted }: KnownClient, { target }: ClientFacts): Judged | undefined {
  if (isHosted !== true) return undefined;
  if (isLoopback(target)) return fails('calls from the internet, and the server is on this machine');
  return target.protocol === 'https:' ? undefined : fails('needs https');
}

function judgeRegistration(
  { registers, takesClientId, registersRefreshToken, callback }: KnownClient,
  { documents, registration, brokenStep }: ClientFacts,
): Judged | undefined {
  if (registration === undefined) return unknown('the walk did not come to the registration');
  if (registers === undefined) return unknown('how it registers is not known');
  if (documents === true && registers.includes('document')) {
    return brokenStep === undefined
      ? undefined
      : unknown('would register by a document, which was not tried');
  }
  switch (registration) {
    case 'works':
      return undefined;
    case 'works without refresh_token':
      if (registersRefreshToken === true) return fails('registers with refresh_token, which is refused');
      return registersRefreshToken === false
        ? undefined
        : unknown('whether it registers with refresh_token, which is refused, is not known');
    case 'untried':
      return unknown('the registration was not tried');
    case 'refused':
      if (callback === 'https') return unknown('has another callback than the one that was refused');
      return takesClientId === true
        ? fails('registration is refused; it takes a client id from its user')
        : fails('registration is refused');
    case 'none':
      if (takesClientId === true) return fails('cannot register; it takes a client id from its user');
      return fails('cannot register');
  }
}
