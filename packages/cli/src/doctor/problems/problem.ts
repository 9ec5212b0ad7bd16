/** The steps of a client, in their order. */
export const stepNames = [
  'dns',
  'tls',
  'server',
  'preflight',
  'challenge',
  'resource-metadata',
  'server-metadata',
  'registration',
  'login',
  'token',
  'audience',
  'call',
  'step-up',
  'refresh',
] as const;

export type StepName = (typeof stepNames)[number];

/** What can be wrong at a step, as the documentation lists it. */
export interface Problem {
  readonly step: StepName;
  /** `MUST`: a client stops here. `SHOULD`: some do. `note`: nothing fails, worth knowing. */
  readonly severity: 'MUST' | 'SHOULD' | 'note';
  /** What is wrong, in one sentence without values. */
  readonly title: string;
  /** Who says so. */
  readonly clause: string;
  /** What to do, where the place that found it has nothing better to say. */
  readonly fix: string;
  /**
   * Whom it stops, where not everybody: those that check what the standard wants checked, pages in browsers, or nobody, which is worse. Which
   * clients are strict is not known of each.
   */
  readonly stops?: 'strict' | 'pages' | 'nobody';
  /** A code of the page of errors that the owner of a server finds in the log for it. */
  readonly code?: string;
}
