import type { ForeignClient, OpenOptions, Session } from './foreign-client.js';
import { visit, type AnswerPage } from './user-agent.js';

export interface LoginOptions extends Omit<OpenOptions, 'login'> {
  /** What the user types at the pages of the authorization server, and which button they press. */
  readonly answer: AnswerPage;
  /** Is told the scopes of each authorization request. */
  readonly onScopes?: (scopes: readonly string[]) => void;
}

/**
 * Connects somebody else's client to a server for a user who answers the login pages so.
 *
 * @throws {Error} when the user denied it, or the server did not let the client in
 */
export function logIn(
  client: ForeignClient,
  { answer, onScopes, ...options }: LoginOptions,
): Promise<Session> {
  return client.open({
    ...options,
    login: (url) => {
      onScopes?.(url.searchParams.get('scope')?.split(' ') ?? []);
      return visit(url, answer);
    },
  });
}
