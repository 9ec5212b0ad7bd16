import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { fault } from '../net/fetch-json.js';
import type { FormAnswer } from '../net/post-form.js';
import type { ClientAuthentication } from './client-authentication.js';
import {
  type AskedToken,
  type IntrospectionAnswer,
  readIntrospectionResponse,
} from './introspection-response.js';
import { readSignedResponse, signedResponseType, type SignedResponseRules } from './signed-response.js';

/** What an answer is read against. */
export interface AnswerRules {
  readonly authentication: ClientAuthentication;
  /** Where only signed answers count. */
  readonly signed: SignedResponseRules | undefined;
}

/** Statuses about a single request: the endpoint lives, and the next token may be answered. */
const refusals: ReadonlySet<number> = new Set([400, 413, 414, 431]);

/** RFC 6749 §5.2. */
const credentialErrors: ReadonlySet<unknown> = new Set(['invalid_client', 'unauthorized_client']);

/**
 * Reads what an introspection endpoint answered.
 *
 * A status other than 200 is not a verdict on the token (RFC 7662 §2.3), with one exception: `unsupported_token_type` says
 * that the server vouches for no such token (RFC 7009 §2.2.1).
 *
 * @throws {MCPAuthAuthServerError} `introspection_unauthorized` for the credentials of this resource server,
 * `introspection_refused` for this one request, other codes for the endpoint
 */
export async function readFormAnswer(
  answer: FormAnswer,
  rules: AnswerRules,
  asked: AskedToken,
): Promise<IntrospectionAnswer> {
  if (answer.status !== 200) return readRefusal(answer, rules, asked);
  if (rules.signed !== undefined) {
    if (answer.mediaType === signedResponseType) return readSignedResponse(answer.text, rules.signed, asked);
    throw fault(
      'unexpected_content_type',
      asked.url,
      'did not sign its answer, which signedResponse demands (RFC 9701). Enable signed introspection for this client, or remove the option.',
    );
  }
  const { mediaType } = answer;
  if (
    mediaType !== 'application/json' &&
    !(mediaType.endsWith('+json') && mediaType.startsWith('application/'))
  ) {
    throw fault('unexpected_content_type', asked.url, 'did not answer with JSON');
  }
  const body = parseJson(answer.text);
  if (body === undefined) throw fault('invalid_json', asked.url, 'answered with text that is not JSON');
  return readIntrospectionResponse(body.value, asked);
}

function readRefusal(
  { status, text }: FormAnswer,
  { authentication }: AnswerRules,
  { url }: AskedToken,
): IntrospectionAnswer {
  const error = readError(text);
  if (status === 401 || status === 403 || (status === 400 && credentialErrors.has(error))) {
    throw refusedCredentials(url, status, error, authentication);
  }
  if (!refusals.has(status)) {
    const details = { url, status };
    throw new MCPAuthAuthServerError('unexpected_status', `${url} answered with status ${status}`, {
      details,
    });
  }
  if (error === 'unsupported_token_type') return { kind: 'inactive' };
  throw fault('introspection_refused', url, `refused to introspect a token (status ${status})`);
}

function refusedCredentials(
  url: string,
  status: number,
  error: unknown,
  { method, clientId }: ClientAuthentication,
): MCPAuthAuthServerError {
  const who = clientId === undefined ? 'this resource server' : `client ${JSON.stringify(clientId)}`;
  const code = credentialErrors.has(error) ? `, ${String(error)}` : '';
  return new MCPAuthAuthServerError(
    'introspection_unauthorized',
    `${url} refused the credentials of ${who} (status ${status}${code}). Correct introspection.clientAuthentication, method ${method}, or allow the client to introspect.`,
    { details: { url, status, method } },
  );
}

function readError(text: string): unknown {
  const body = parseJson(text)?.value;
  return typeof body === 'object' && body !== null ? (body as { readonly error?: unknown }).error : undefined;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
