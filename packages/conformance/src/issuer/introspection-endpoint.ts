import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JsonValue } from '../json.js';
import { answerAs } from './answer-as.js';
import type { IssuerBehaviour, IssuerName } from './issuer-name.js';
import { resourceServer } from './resource-server-client.js';
import { signAnswer } from './sign-answer.js';

/** What is said about tokens, by the token, at this moment. */
export type KnownTokens = () => Readonly<Record<string, JsonValue>>;

/** What an issuer knows when it is asked. */
export interface IntrospectionContext {
  readonly issuer: IssuerName;
  readonly identifier: string;
  readonly behaviour: Required<IssuerBehaviour>;
  readonly tokens: KnownTokens;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** The type of signed answers (RFC 9701 §10). */
const signedType = 'application/token-introspection+jwt';

/** An introspection endpoint (RFC 7662 §2) that is exact about how it is asked. */
export function introspect(
  request: IncomingMessage,
  response: ServerResponse,
  context: IntrospectionContext,
): void {
  const mode = context.behaviour.introspection;
  const send = ({ status, type, text: body }: Reply): void => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
  switch (mode) {
    case 'works':
    case 'refuses-unknown':
      text(request).then(
        (body) => send(answer(request, new URLSearchParams(body), context)),
        () => response.destroy(),
      );
      break;
    case 'unauthorized':
      send(toJson(401, { error: 'invalid_client' }));
      break;
    case 'forbidden':
      send(toJson(403, { error: 'access_denied' }));
      break;
    case 'error-in-200':
      send(toJson(200, { error: 'server_error' }));
      break;
    default:
      answerAs(mode, response, { active: true });
  }
}

function answer(request: IncomingMessage, form: URLSearchParams, context: IntrospectionContext): Reply {
  const mistake = findMistake(request, form);
  if (mistake !== undefined) return mistake;
  const { behaviour, tokens, issuer, identifier } = context;
  const token = form.get('token') ?? '';
  const known = behaviour.revoked.includes(token) ? undefined : tokens()[token];
  if (known === undefined && behaviour.introspection === 'refuses-unknown') {
    return toJson(403, { error: 'access_denied' });
  }
  // What is said may be null
  const verdict = known === undefined ? { active: false } : known;
  const { signs } = behaviour;
  if (signs === 'never' || request.headers.accept?.includes(signedType) !== true) return toJson(200, verdict);
  const parties = { issuer, identifier, audience: resourceServer.id };
  return { status: 200, type: signedType, text: signAnswer(verdict, parties, signs) };
}

function findMistake({ method, headers }: IncomingMessage, form: URLSearchParams): Reply | undefined {
  const type = headers['content-type'] ?? '';
  const hint = form.get('token_type_hint') ?? 'access_token';
  if (
    method !== 'POST' ||
    !type.startsWith('application/x-www-form-urlencoded') ||
    form.getAll('token').length !== 1 ||
    hint !== 'access_token'
  ) {
    return toJson(400, { error: 'invalid_request' });
  }
  return headers.authorization === credentials ? undefined : toJson(401, { error: 'invalid_client' });
}

function toJson(status: number, document: JsonValue): Reply {
  return { status, type: 'application/json', text: JSON.stringify(document) };
}

const formEncode = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1);
const pair = `${formEncode(resourceServer.id)}:${formEncode(resourceServer.secret)}`;
const credentials = `Basic ${Buffer.from(pair).toString('base64')}`;
