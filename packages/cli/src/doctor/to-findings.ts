import { documentationUrl } from '@mcp-auth/core/adapter';
import type { Finding } from '../report/report.js';
import type { StepName } from './problems/problem.js';
import { problems } from './problems/problems.js';
import { stepTitles } from './step-titles.js';
import type { Fault, StepOutcome, Trail } from './trail.js';

/** The steps in their order, each with what was noticed there. */
export function toFindings({ steps, notes }: Trail): readonly Finding[] {
  return steps.flatMap((outcome) => [
    toFinding(outcome),
    ...notes.filter(({ problem }) => problems[problem].step === outcome.step).map(noteToFinding),
  ]);
}

function toFinding(outcome: StepOutcome): Finding {
  const { step } = outcome;
  const about = { area: step, title: stepTitles[step] };
  switch (outcome.outcome) {
    case 'passed':
      return { ...about, id: `doctor/${step}`, severity: 'MUST', outcome: 'passed', actual: outcome.saw };
    case 'skipped':
      return { ...about, id: `doctor/${step}`, severity: 'MUST', outcome: 'skipped', reason: outcome.why };
    case 'broken':
      // A walk as a page stops at what is a note to others
      return { ...about, ...faultToFinding(outcome.fault), severity: 'MUST', title: stepTitles[step] };
  }
}

function noteToFinding(fault: Fault): Finding {
  return { ...faultToFinding(fault), title: problems[fault.problem].title };
}

function faultToFinding(fault: Fault): Finding {
  const { problem, why, fix, expected, actual, exchange } = fault;
  const { step, severity, clause, title, fix: usualFix } = problems[problem];
  return {
    id: `doctor/${problem}`,
    area: step,
    severity,
    outcome: 'failed',
    title,
    clause,
    expected,
    actual,
    message: `${title} ${why}`,
    fix: fix ?? usualFix,
    link: documentationUrl('guide/doctor-findings', `doctor-${step}`),
    exchange,
  };
}

/** Steps in words, for people. */
export const stepNamesInWords: Readonly<Record<StepName, string>> = {
  dns: 'DNS',
  tls: 'TLS',
  server: 'server',
  preflight: 'preflight',
  challenge: 'challenge',
  'resource-metadata': 'resource metadata',
  'server-metadata': 'server metadata',
  registration: 'registration',
  login: 'login',
  token: 'token',
  audience: 'audience',
  call: 'call',
  'step-up': 'step-up',
  refresh: 'refresh',
};
