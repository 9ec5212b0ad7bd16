import type { EndingAudience } from '../token/audience.js';
import { either, list, object } from './check-options.js';
import { text } from './kinds.js';
import { day } from './observe.js';

const audience = { ...text, code: 'invalid_audience' } as const;

/** One audience, or several; those with an end are accepted in addition. */
export type AudienceOption = string | readonly (string | EndingAudience)[];

export const endingAudience = object<EndingAudience>(
  { value: { ...audience, required: true }, until: { ...day, required: true } },
  undefined,
  { must: 'an object { value, until }' },
);

/** What says which audiences count: several, some of them for a time only. */
export const audiences = list<string | EndingAudience>(either(audience, endingAudience), {
  code: 'invalid_audience',
  nonEmpty: true,
});

/** Audiences without an end. */
const lastingAudiences = list(audience, { code: 'invalid_audience', nonEmpty: true });

/** What a route says. */
export const audienceOption = either<string, Exclude<AudienceOption, string>>(audience, audiences, {
  code: 'invalid_audience',
});

/** The same without an end. */
export const lastingAudienceOption = either<string, readonly string[]>(audience, lastingAudiences, {
  code: 'invalid_audience',
});
