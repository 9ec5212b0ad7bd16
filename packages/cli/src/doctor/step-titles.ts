import type { StepName } from './problems/problem.js';

/** What is true when a step is passed. */
export const stepTitles: Readonly<Record<StepName, string>> = {
  dns: 'The name of the server resolves.',
  tls: 'The connection is secure.',
  server: 'The server answers.',
  preflight: 'Pages in browsers can call the server.',
  challenge: 'The server asks for a token.',
  'resource-metadata': 'The metadata of the resource is found and fits.',
  'server-metadata': 'The metadata of the authorization server is found and fits.',
  registration: 'A client gets an id.',
  login: 'The login comes back with a code.',
  token: 'The authorization server gives a token.',
  audience: 'The token is for this server.',
  call: 'The server answers a call with the token.',
  'step-up': 'More scopes can be had when they are asked for.',
  refresh: 'The token can be refreshed.',
};
