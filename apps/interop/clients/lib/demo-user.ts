import type { AnswerPage } from './user-agent.js';

/** Somebody at the login page of the demonstration's authorization server. */
export function demoUser(account: string, decision: 'allow' | 'deny' = 'allow'): AnswerPage {
  return ({ fields }) => ({ ...('account' in fields && { account }), decision });
}
