import { emptyForm, type ExplainForm } from './explain-form';
import { decodeJson, encodeJson } from './base64url';

/** Behind the `#` of an address: browsers do not send that part to any server. */
const prefix = '#state=';

type State = Readonly<Record<string, unknown>>;

export function toFragment(state: State): string {
  return `${prefix}${encodeJson(state)}`;
}

/** What the link of this page holds, if it is one. Anybody can write links, so nothing in it is known to be of any type. */
export function fromFragment(hash: string): State | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  try {
    const state = decodeJson(hash.slice(prefix.length));
    return isObject(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

export function readText(state: State, name: string): string {
  const value = state[name];
  return typeof value === 'string' ? value : '';
}

/** What can be told about a token without the token: without a signature nobody can call with it. */
export interface DecodedToken {
  readonly header: State;
  readonly claims: State;
}

const texts = ['resource', 'issuers', 'audiences', 'scopes', 'clock'] as const;

/** The form without the token, the keys, which only a signature would need, and the proof; and the decoded token. */
export function toExplainerState(form: ExplainForm, { header, claims }: DecodedToken, now: Date): State {
  const { tolerance, clock, dpop } = form;
  const kept = Object.fromEntries(texts.map((name) => [name, form[name]]));
  // Who opens the link shall see the same, whenever that is
  return { ...kept, clock: clock.trim() === '' ? now.toISOString() : clock, tolerance, dpop, header, claims };
}

/** The form of a link: its token has no signature. */
export function readExplainerState(state: State): ExplainForm | undefined {
  const { header, claims, tolerance, dpop } = state;
  if (!isObject(header) || !isObject(claims)) return undefined;
  const [resource, issuers, audiences, scopes, clock] = texts.map((name) => readText(state, name));
  return {
    ...emptyForm,
    token: `${encodeJson(header)}.${encodeJson(claims)}.${noSignature}`,
    resource: resource ?? '',
    issuers: issuers ?? '',
    audiences: audiences ?? '',
    scopes: scopes ?? '',
    clock: clock ?? '',
    tolerance: typeof tolerance === 'number' ? tolerance : '',
    dpop: dpop === 'dpop-optional' || dpop === 'dpop-required' ? dpop : 'none',
  };
}

/** One zero byte: a token needs a third part to be read. */
const noSignature = 'AA';

function isObject(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
