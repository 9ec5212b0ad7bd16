import type { ConformanceCase } from '../case.js';
import { badAnswers, narrowAnswers, unreadableAnswers } from '../profiles/introspection-profiles.js';
import { call, insufficientScope, invalidToken, unavailable } from './case-parts.js';

function requirementsOf(name: string): readonly string[] {
  if (name.startsWith('active')) return ['RFC7662-2.2-01'];
  return name.startsWith('bound') ? ['RFC7662-2.2-02', 'RFC9449-7.2-01'] : ['RFC7662-2.2-02'];
}

const about = (name: string) => call({ literal: `opaque-${name}` });

/** What a hostile, broken or misunderstood server may say about a token; none of it opens anything. */
export const introspectionAnswerCases: readonly ConformanceCase[] = [
  ...Object.keys(badAnswers).map((name): ConformanceCase => ({
    id: `introspection-answer-${name}`,
    title: 'an answer that does not vouch for the token, here and now, is a refusal',
    requirements: requirementsOf(name),
    profile: 'introspection',
    request: about(name),
    expect: invalidToken,
  })),
  ...Object.keys(unreadableAnswers).map((name): ConformanceCase => ({
    id: `introspection-answer-${name}`,
    title: 'JSON that is not a verdict is an error of the endpoint',
    requirements: ['RFC7662-2.3-01'],
    profile: 'introspection',
    request: about(name),
    expect: unavailable,
  })),
  ...Object.keys(narrowAnswers).map((name): ConformanceCase => ({
    id: `introspection-answer-${name}`,
    title: 'a scope that is not named is not granted, and no answer reaches a header',
    requirements: ['RFC7662-2.2-02', 'RFC7662-2.2-03'],
    profile: 'introspection',
    request: about(name),
    expect: { ...insufficientScope('notes:read'), headers: { 'x-injected': { absent: true } } },
  })),
];
