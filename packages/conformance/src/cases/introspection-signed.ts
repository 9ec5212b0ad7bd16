import type { ConformanceCase } from '../case.js';
import type { AnswerSigning } from '../issuer/issuer-name.js';
import { allowed, call, invalidToken, unavailable } from './case-parts.js';

const goodToken = call({ literal: 'opaque-good-0001' });
const asked = ['RFC9701-4-01', 'RFC9701-5-01'] as const;

const spoiled: readonly AnswerSigning[] = [
  'never',
  'other-audience',
  'other-issuer',
  'other-key',
  'as-access-token',
  'long-ago',
  'empty',
];

/** Answers that count only when the issuer has signed them (RFC 9701). */
export const introspectionSignedCases: readonly ConformanceCase[] = [
  {
    id: 'introspection-signed',
    title: 'a signed answer is asked for and believed',
    requirements: asked,
    profile: 'introspection-signed',
    request: goodToken,
    expect: { ...allowed, auth: { subject: 'user-1' } },
  },
  {
    id: 'introspection-signed-inactive',
    title: 'a signed answer can refuse',
    requirements: ['RFC9701-5-01', 'RFC7662-2.2-01'],
    profile: 'introspection-signed',
    request: call({ literal: 'opaque-unknown' }),
    expect: invalidToken,
  },
  ...spoiled.map((signs): ConformanceCase => ({
    id: `introspection-signed-${signs}`,
    title: 'an answer that its issuer has not signed for this server, now, is not an answer',
    requirements: asked,
    profile: 'introspection-signed',
    issuers: { primary: { signs } },
    request: goodToken,
    expect: unavailable,
  })),
  {
    id: 'introspection-signed-no-keys',
    title: 'an answer whose signature nobody can check is not an answer',
    requirements: ['RFC9701-5-01'],
    profile: 'introspection-signed',
    issuers: { primary: { keys: 'fails' } },
    request: goodToken,
    expect: unavailable,
  },
];
