import { defineCase } from '../define-cases.js';
import type { BlackBoxCase } from '../model.js';
import { linesOf } from '../exchange.js';
import type { Probe, ProbeCall } from '../probe.js';
import { check, describeAnswer, failed, passed, type Verdict } from '../verdict.js';

const fix = 'Bound and check what comes before you work with it; answer 4xx, never 5xx, and never repeat it.';

interface HostileInput {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly call: ProbeCall;
}

const long = 'A'.repeat(12_000);
const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
const header = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = header({
  iss: 'https://issuer.example/"\r\nX-Injected: 1',
  aud: '"><script>',
  exp: 9_999_999_999,
});

const inputs: readonly HostileInput[] = [
  {
    id: 'hostile-long-token',
    title: 'a token of twelve thousand characters is refused',
    requirements: ['RFC6750-2.1-02'],
    call: { authorization: [`Bearer ${long}`] },
  },
  {
    id: 'hostile-quotes',
    title: 'quotes and back slashes in a token break no header',
    requirements: ['RFC6750-2.1-02', 'RFC6750-3-05', 'RFC9110-5.5-01'],
    call: { authorization: ['Bearer a"b\\c\\"d'] },
  },
  {
    id: 'hostile-line-breaks',
    title: 'line breaks inside a token break no header',
    requirements: ['RFC9110-5.5-01', 'RFC6750-3-05'],
    call: { token: `${header({ alg: 'ES256', kid: 'a\r\nX-Injected: 1' })}.${claims}.c2ln` },
  },
  {
    id: 'hostile-percent-lines',
    title: 'encoded line breaks stay what they are',
    requirements: ['RFC9110-5.5-01'],
    call: { authorization: ['Bearer a%0d%0aX-Injected:%201'] },
  },
  {
    id: 'hostile-bytes',
    title: 'bytes beyond ASCII in a token are no reason to fail',
    requirements: ['RFC6750-2.1-02', 'RFC9110-5.5-01'],
    call: { authorization: ['Bearer t\u00f6k\u00e9n\u00ff'] },
  },
  {
    id: 'hostile-not-utf8',
    title: 'claims that are no UTF-8 are no reason to fail',
    requirements: ['RFC8725-3.7-01'],
    call: {
      token: `${header({ alg: 'ES256' })}.${Buffer.from([0x7b, 0xff, 0xfe, 0x7d]).toString('base64url')}.c2ln`,
    },
  },
  {
    id: 'hostile-kid',
    title: 'a key id that is a path opens no file',
    requirements: ['RFC8725-3.10-01'],
    call: { token: `${header({ alg: 'ES256', kid: '../../../../etc/passwd' })}.${claims}.c2ln` },
  },
  {
    id: 'hostile-compressed',
    title: 'an encrypted token that would grow is refused immediately',
    requirements: ['RFC8725-3.6-01'],
    call: {
      token: `${header({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..AAAAAAAAAAAAAAAA.${long.slice(0, 4000)}.AAAA`,
    },
  },
  {
    id: 'hostile-dots',
    title: 'many dots are no token',
    requirements: ['RFC6750-2.1-02'],
    call: { authorization: [`Bearer ${'.'.repeat(4000)}`] },
  },
  {
    id: 'hostile-deep-body',
    title: 'a deeply nested body without a token is refused like any other',
    requirements: ['MCP-2026-07-28-RS-030'],
    call: { body: deep },
  },
  {
    id: 'hostile-broken-body',
    title: 'whoever brings no token learns nothing about the body',
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-015'],
    call: { body: '{"jsonrpc":' },
  },
  {
    id: 'hostile-empty-scheme',
    title: 'a scheme without a token opens nothing',
    requirements: ['MCP-2026-07-28-RS-020', 'RFC6750-2.1-02'],
    call: { authorization: ['Bearer'] },
  },
  {
    id: 'hostile-two-headers',
    title: 'two Authorization headers are not one of them',
    requirements: ['RFC9110-11.6.2-01'],
    call: { authorization: ['Bearer one-0123456789', 'Bearer two-0123456789'] },
  },
  {
    id: 'hostile-query',
    title: 'markup in the query comes back nowhere',
    requirements: ['MCP-2026-07-28-RS-014'],
    call: { query: '?access_token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E' },
  },
];

async function judge(probe: Probe, call: ProbeCall): Promise<Verdict> {
  const answer = await probe.call(call);
  const actual = describeAnswer(answer);
  if (answer.status < 300) return { ...failed('4xx', actual), letIn: true } as Verdict;
  if (answer.status >= 500) return failed('4xx', actual);
  if (linesOf(answer, 'x-injected').length > 0)
    return failed('no header of ours in the answer', 'X-Injected came back');
  if (/<script>/i.test(answer.body) && linesOf(answer, 'content-type').join().includes('html'))
    return failed('no markup of ours in the answer', answer.body.slice(0, 200));
  return check(answer.status >= 400, '4xx', actual);
}

/** What no honest client sends: bounded in number and size. */
export const hostileInputCases: readonly BlackBoxCase[] = [
  ...inputs.map(({ id, title, requirements, call }) =>
    defineCase('hostile input', id, {
      title,
      requirements,
      fix,
      hostile: true,
      severity: 'MUST',
      probe: (probe) => judge(probe, call),
    }),
  ),
  defineCase('hostile input', 'hostile-survived', {
    title: 'after all that the server answers as before',
    requirements: ['MCP-2026-07-28-RS-010'],
    fix,
    hostile: true,
    severity: 'MUST',
    probe: async (probe) => {
      const answer = await probe.call();
      return answer.status < 500
        ? passed
        : failed('the answer to a client without a token', describeAnswer(answer));
    },
  }),
];
