import type { ConformanceCase, Step } from '../case.js';
import { allowed, call, unavailable } from './case-parts.js';

const honest = call({ literal: 'opaque-good-0001' });
const other = call({ literal: 'opaque/with+all~signs_0002==' });
const refuses = { primary: { introspection: 'refuses-unknown' } } as const;

const madeUp = (count: number, expect: Step['expect']): readonly Step[] =>
  Array.from({ length: count }, (_, index) => ({
    request: call({ literal: `made-up-${index}` }),
    expect,
  }));

/** Whoever makes up tokens harms nobody whose token was active before. */
export const introspectionFloodCases: readonly ConformanceCase[] = [
  {
    id: 'introspection-flood-refused',
    title: 'a dozen made-up tokens that a firewall refuses stop nobody whose token was active before',
    requirements: ['RFC7662-2.3-01'],
    profile: 'introspection',
    before: [
      { request: honest, expect: allowed },
      { issuers: refuses, request: call({ literal: 'made-up' }), expect: unavailable },
      ...madeUp(12, unavailable),
    ],
    request: honest,
    expect: allowed,
  },
  {
    id: 'introspection-flood-never-seen',
    title: 'a good token that was never seen may be told to come later meanwhile, and is never called bad',
    requirements: ['RFC7662-2.3-01', 'RFC9110-15.5.2-01'],
    profile: 'introspection',
    before: [
      { issuers: refuses, request: call({ literal: 'made-up' }), expect: unavailable },
      ...madeUp(12, unavailable),
      { request: other, expect: unavailable },
    ],
    advanceSeconds: 5,
    request: other,
    expect: allowed,
  },
  {
    id: 'introspection-flood-outage-over',
    title: 'an endpoint that is back is asked again within five seconds, no matter how long it was away',
    requirements: ['RFC7662-2.3-01'],
    profile: 'introspection',
    before: [
      { request: honest, expect: allowed },
      ...Array.from(
        { length: 20 },
        () =>
          ({
            advanceSeconds: 30,
            issuers: { primary: { introspection: 'fails' } },
            request: honest,
            expect: unavailable,
          }) satisfies Step,
      ),
    ],
    advanceSeconds: 5,
    issuers: { primary: { introspection: 'works' } },
    request: honest,
    expect: allowed,
  },
];
