import type { Challenge } from '@mcp-auth/testing';
import { challengeRules, parameterOf, type ChallengeRule } from '../../rules/challenge-rules.js';
import { defineCases, type CaseDraft } from '../define-cases.js';
import { headerOf, linesOf, type BlackBoxResponse, readChallenges } from '../exchange.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, passed, skipped, type Verdict } from '../verdict.js';

const open = 'The door is open without a token: see open-door.';
const unreadable = 'The challenge cannot be read: see challenge-readable.';
const garbage = 'not-a-token-0123456789';

/** The two answers with challenges that anybody can have: to no token, and to one that is none. */
async function everyAnswer(probe: Probe): Promise<readonly BlackBoxResponse[]> {
  const answers = [await probe.unauthenticated(), await probe.call({ token: garbage })];
  return answers.filter(({ status }) => status >= 400);
}

/** A case about every challenge in those answers. */
function everyChallenge(
  draft: Omit<CaseDraft, 'probe'>,
  judge: (challenge: Challenge, response: BlackBoxResponse, besideAnother: boolean) => string | undefined,
): CaseDraft {
  return {
    ...draft,
    probe: async (probe): Promise<Verdict> => {
      const answers = await everyAnswer(probe);
      const read = answers.map((response) => ({ response, challenges: readChallenges(response) }));
      if (read.some(({ challenges }) => challenges === undefined)) return skipped(unreadable);
      const faults = read.flatMap(({ response, challenges = [] }) =>
        challenges.flatMap((challenge) => judge(challenge, response, challenges.length > 1) ?? []),
      );
      const [fault] = faults;
      const seen = answers.map(describeAnswer).join('; ');
      return fault === undefined ? passed : failed(`no challenge that ${fault}`, seen);
    },
  };
}

const byRule =
  (rule: ChallengeRule) =>
  (challenge: Challenge, { status }: BlackBoxResponse, besideAnother: boolean) =>
    rule.isBroken({ challenge, status, besideAnother }) ? rule.broken : undefined;

const once = ['realm', 'scope', 'error', 'error_description', 'error_uri'];

export const challengeCases = defineCases('challenges', {
  'open-door': {
    title: 'whoever brings no token is refused with 401',
    requirements: [
      'MCP-2026-07-28-RS-020',
      'MCP-2026-07-28-RS-001',
      'MCP-2026-07-28-RS-013',
      'RFC9110-15.5.2-01',
    ],
    fix: 'Put the check of tokens in front of the handler, on every method.',
    probe: async (probe) => {
      const response = await probe.unauthenticated();
      if (response.status < 300)
        return { outcome: 'failed', expected: '401', actual: describeAnswer(response), letIn: true };
      return check(response.status === 401, '401', describeAnswer(response));
    },
  },
  'challenge-present': {
    title: 'a 401 says how to log in',
    requirements: ['RFC9110-11.6.1-01', 'RFC6750-3-01', 'OAUTH21-5.3.1-01'],
    fix: 'Send WWW-Authenticate with every 401.',
    probe: async (probe) => {
      const answers = (await everyAnswer(probe)).filter(({ status }) => status === 401);
      if (answers.length === 0) return skipped(open);
      const without = answers.find((answer) => linesOf(answer, 'www-authenticate').length === 0);
      return check(without === undefined, 'WWW-Authenticate on every 401', 'a 401 without it');
    },
  },
  'challenge-readable': {
    title: 'the challenge can be read to the letter of its grammar',
    requirements: ['RFC6750-3-02', 'RFC6750-3-05', 'RFC9110-5.5-01'],
    clause: 'RFC 9110 §11.6.1, §5.6.4',
    fix: 'Quote every value, escape quotes and back slashes in it, and separate two challenges by a comma.',
    probe: async (probe) => {
      const answers = await everyAnswer(probe);
      const bad = answers.find((answer) => readChallenges(answer) === undefined);
      return check(
        bad === undefined,
        'challenges as RFC 9110 §11.6.1 writes them',
        headerOf(bad ?? { headers: [] }, 'www-authenticate') ?? '',
      );
    },
  },
  'challenge-bearer': {
    title: 'the challenge is for bearer tokens, or for tokens with a proof',
    requirements: ['RFC6750-3-02', 'OAUTH21-5.3.1-01'],
    fix: 'Answer with WWW-Authenticate: Bearer and at least one parameter.',
    probe: async (probe) => {
      const response = await probe.unauthenticated();
      if (response.status !== 401) return skipped(open);
      const challenges = readChallenges(response);
      if (challenges === undefined) return skipped(unreadable);
      const isGood = challenges.some(
        ({ scheme, parameters }) => /^(?:bearer|dpop)$/i.test(scheme) && parameters.length > 0,
      );
      return check(isGood, 'Bearer with a parameter', describeAnswer(response));
    },
  },
  'challenge-once': everyChallenge(
    {
      title: 'every parameter stands once',
      requirements: ['RFC6750-3-03'],
      fix: 'Write each parameter once; several scopes share one parameter.',
    },
    ({ parameters }) => {
      const names = parameters.map(({ name }) => name.toLowerCase());
      const twice = once.find((name) => names.filter((each) => each === name).length > 1);
      return twice === undefined ? undefined : `holds ${twice} twice`;
    },
  ),
  'challenge-merged': {
    title: 'two challenges are two: what belongs to one stands in it',
    requirements: ['RFC6750-3-03', 'RFC9728-5.4-01', 'RFC9728-5.1-02'],
    clause: 'RFC 9110 §11.6.1',
    fix: 'Send one header line for each challenge, each with its own parameters.',
    probe: async (probe) => {
      const answers = await everyAnswer(probe);
      const bad = answers.find((answer) => mergedWrongly(answer));
      return check(
        bad === undefined,
        'each scheme once, with its own parameters',
        bad === undefined ? '' : describeAnswer(bad),
      );
    },
  },
  'challenge-code': everyChallenge(
    {
      title: 'the error code goes with the status',
      requirements: ['OAUTH21-5.3.2-01', 'RFC6750-3.1-01', 'RFC6750-3.1-02'],
      fix: 'Send invalid_request with 400, invalid_token with 401 and insufficient_scope with 403.',
    },
    byRule(challengeRules.code),
  ),
  'challenge-scope-form': everyChallenge(
    {
      title: 'scopes are printable, with one space between them',
      requirements: ['RFC6750-3-04'],
      fix: 'Join scopes with one space, in one parameter.',
    },
    byRule(challengeRules.scope),
  ),
  'challenge-scope-once': everyChallenge(
    {
      title: 'a scope is named once',
      requirements: ['RFC6750-3-04'],
      severity: 'note',
      fix: 'Take duplicates out.',
    },
    byRule(challengeRules.scopeOnce),
  ),
  'challenge-description': everyChallenge(
    {
      title: 'error_description keeps to its characters',
      requirements: ['RFC6750-3-05'],
      fix: 'Keep input, line breaks, quotes and everything beyond ASCII out of error_description.',
    },
    byRule(challengeRules.description),
  ),
  'challenge-error-uri': everyChallenge(
    {
      title: 'error_uri is a URI',
      requirements: ['RFC6750-3-06'],
      fix: 'Write an absolute URI without spaces, or leave error_uri out.',
    },
    byRule(challengeRules.errorUri),
  ),
  'challenge-realm': everyChallenge(
    {
      title: 'realm is a quoted string',
      requirements: ['RFC9110-11.5-01'],
      fix: 'Put quotes around the realm.',
    },
    ({ parameters }) =>
      parameters.some(({ name, quoted }) => name.toLowerCase() === 'realm' && !quoted)
        ? 'has a realm without quotes'
        : undefined,
  ),
  'challenge-no-error': {
    title: 'whoever sent no credentials is told of no error',
    requirements: ['RFC6750-3.1-04', 'OAUTH21-5.3.2-02'],
    fix: 'Leave error and error_description out of the challenge when no Authorization header came.',
    probe: async (probe) => noError(await probe.unauthenticated()),
  },
  'challenge-no-error-other-scheme': {
    title: 'credentials of another scheme count as none',
    requirements: ['RFC6750-3.1-04', 'OAUTH21-5.3.2-02'],
    fix: 'Answer Authorization: Basic like a request without credentials.',
    probe: async (probe) => noError(await probe.call({ authorization: ['Basic dXNlcjpwYXNzd29yZA=='] })),
  },
  'challenge-error': {
    title: 'a token that is none is called so',
    requirements: ['RFC6750-3-07', 'RFC6750-3.1-02', 'RFC9068-4-05'],
    severity: 'SHOULD',
    fix: 'Say error="invalid_token" when a token came and was refused.',
    probe: async (probe) => {
      const response = await probe.call({ token: garbage });
      const challenges = readChallenges(response);
      if (challenges === undefined) return skipped(unreadable);
      const errors = challenges.map((challenge) => parameterOf(challenge, 'error'));
      return check(errors.includes('invalid_token'), 'error="invalid_token"', describeAnswer(response));
    },
  },
  'challenge-consistent': {
    title: 'the same request is challenged in the same way',
    requirements: ['MCP-2026-07-28-RS-010'],
    fix: 'Build the challenge from the configuration alone.',
    probe: async (probe) => {
      const first = linesOf(await probe.unauthenticated(), 'www-authenticate').join();
      const second = linesOf(await probe.call(), 'www-authenticate').join();
      const stable = (text: string): string => text.replace(/nonce="[^"]*"/g, '');
      return check(stable(first) === stable(second), first, second);
    },
  },
  'challenge-proof-algorithms': everyChallenge(
    {
      title: 'a challenge for proofs names asymmetric algorithms',
      requirements: ['RFC9449-7.1-02', 'RFC9449-7.2-02'],
      fix: 'Write algs="ES256 …" in the DPoP challenge, and nowhere else.',
    },
    byRule(challengeRules.algorithms),
  ),
  'challenge-nonce': {
    title: 'a nonce keeps to its characters and comes once',
    requirements: ['RFC9449-8.1-01', 'RFC9449-8.2-01'],
    fix: 'Send one DPoP-Nonce of printable characters without quotes and back slashes, with no-store.',
    probe: async (probe) => {
      const answers = await everyAnswer(probe);
      const lines = answers.map((answer) => linesOf(answer, 'dpop-nonce')).filter(({ length }) => length > 0);
      if (lines.length === 0) return skipped('The server hands out no nonces.');
      const bad = lines.find(
        ([first = '', ...more]) => more.length > 0 || !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(first),
      );
      return check(bad === undefined, 'one nonce of the allowed characters', String(bad));
    },
  },
});

function noError(response: BlackBoxResponse): Verdict {
  if (response.status !== 401) return skipped(open);
  const challenges = readChallenges(response);
  if (challenges === undefined) return skipped(unreadable);
  const told = challenges.flatMap(({ parameters }) =>
    parameters.filter(({ name }) => /^error(?:_description|_uri)?$/i.test(name)),
  );
  return check(told.length === 0, 'a challenge without error', describeAnswer(response));
}

/** RFC 9449 §7.2: one challenge for each scheme; a name twice, or a scheme twice, is two that were glued together. */
function mergedWrongly(response: BlackBoxResponse): boolean {
  const challenges = readChallenges(response);
  if (challenges === undefined)
    return /(?:Bearer|DPoP)[^,]*\s(?:Bearer|DPoP)\s/i.test(headerOf(response, 'www-authenticate') ?? '');
  const schemes = challenges.map(({ scheme }) => scheme.toLowerCase());
  const misplaced = challenges.some(
    (challenge) =>
      challenge.scheme.toLowerCase() === 'bearer' && parameterOf(challenge, 'algs') !== undefined,
  );
  const lone = challenges.some(({ parameters, token68 }) => parameters.length === 0 && token68 === undefined);
  return misplaced || (lone && challenges.length > 1) || new Set(schemes).size !== schemes.length;
}
