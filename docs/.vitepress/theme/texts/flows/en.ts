import type { FlowTexts } from './flow-texts';

export const en: FlowTexts = {
  choose: 'Flow',
  flows: {
    login: {
      name: 'Login',
      text: 'A client that knows nothing but the URL of the server finds the login, gets a token, and calls a tool.',
    },
    'step-up': {
      name: 'A tool that needs more',
      text: 'The token is good, but not for this tool. The client asks its user for what the challenge names, and calls again.',
    },
    dpop: {
      name: 'A token bound to a key (DPoP)',
      text: 'The server takes only tokens whose sender proves that it has their key. A stolen one opens nothing.',
    },
    refusals: {
      name: 'Refused tokens',
      text: 'Each of these tokens is genuine. None is good for this call.',
    },
    outage: {
      name: 'An outage',
      text: 'The authorization server is down. Nobody is logged out by that.',
    },
  },
  scenes: {
    'step-up-challenge': 'The token does not cover this tool',
    'step-up-authorization': 'The browser goes back, for more scopes',
    'step-up-token': 'The client gets a new token',
    'step-up-call': 'The call is repeated',
    'dpop-token': 'The client gets a token that is bound to its key',
    'dpop-nonce': 'The proof lacks a nonce of the server',
    'dpop-call': 'The call with a proof and the nonce',
    'dpop-replay': 'The same proof once more',
    'dpop-as-bearer': 'The bound token as a plain bearer token',
    expired: 'An expired token',
    'other-resource': 'A token for another resource',
    'outage-known-keys': 'The keys are known: the token passes',
    outage: 'The keys were never seen: nobody can tell',
  },
};
