import { createBadTokens, createClaims } from '../issuer/tokens.mjs';

const ask = async (judge, token) => {
  try {
    await judge(token);
    return true;
  } catch {
    return false;
  }
};

/**
 * Lets a subject show what it refuses before it is measured.
 *
 * @param {(token: string) => unknown} judge throws, or rejects, to refuse
 * @returns {Promise<string[]>} what it lets pass although it should not
 * @throws when it refuses a good token: then it is set up wrongly, and its times would mean nothing
 */
export async function findLenience(name, judge, key, issuer) {
  if (!(await ask(judge, key.sign(createClaims(issuer))))) throw new Error(`${name} refuses a good token`);
  const bad = {
    ...createBadTokens(key, issuer),
    'too little scope': key.sign(createClaims(issuer, { scope: 'openid' })),
  };
  const passed = [];
  for (const [what, token] of Object.entries(bad)) if (await ask(judge, token)) passed.push(what);
  return passed;
}
