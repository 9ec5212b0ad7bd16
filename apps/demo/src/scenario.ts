import type { Recorder } from './recorder.js';
import type { ChapterTrace, Exchange, Refusal, StepTrace, Trace, TracedExchange } from './trace.js';

/** An exchange that a step must show, in this order among the others of the step. */
export interface Expectation {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly method: 'GET' | 'POST';
  /** Beginning of the request's path. */
  readonly path: string;
  readonly status: number;
  /** The line that decides how things go on; nothing when the exchange lacks it. */
  readonly decides: (exchange: Exchange) => string | undefined;
}

export interface Step {
  readonly title: string;
  /** Throws when it cannot be done. */
  readonly act: () => Promise<void>;
  readonly expects: readonly Expectation[];
  /** The reason a resource server must give for its refusal. */
  readonly reason?: string;
}

export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Follows a performance while it goes on. */
export interface Audience {
  beginChapter(chapter: Chapter): void;
  endStep(step: StepTrace): void;
}

/** Plays the chapters in order and stops at the first step that does not go as it should. */
export async function play(
  chapters: readonly Chapter[],
  recorder: Recorder,
  audience?: Audience,
): Promise<Trace & { readonly failure?: string }> {
  const traces: ChapterTrace[] = [];
  for (const chapter of chapters) {
    audience?.beginChapter(chapter);
    const steps: StepTrace[] = [];
    traces.push({ title: chapter.title, steps });
    for (const step of chapter.steps) {
      const trace = await playStep(step, recorder);
      steps.push(trace);
      audience?.endStep(trace);
      if (trace.failure !== undefined) return { chapters: traces, failure: trace.failure };
    }
  }
  return { chapters: traces };
}

async function playStep(step: Step, recorder: Recorder): Promise<StepTrace> {
  const problem = await step.act().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const { exchanges, refusals } = await recorder.take();
  const { traced, miss } = compare(step.expects, exchanges);
  const refusal = refusals.find(({ code }) => code === step.reason);
  const failure =
    problem === undefined ? (miss ?? missesReason(step, refusals)) : `${miss ?? step.title} (${problem})`;
  return {
    title: step.title,
    exchanges: traced,
    ...(refusal && { refusal }),
    ...(failure && { failure: `${failure}.` }),
  };
}

/** Finds the expected exchanges among those that took place, in order, up to the first that is amiss. */
function compare(
  expects: readonly Expectation[],
  exchanges: readonly Exchange[],
): { traced: TracedExchange[]; miss?: string } {
  const traced: TracedExchange[] = [...exchanges];
  let next = 0;
  for (const expected of expects) {
    const index = exchanges.findIndex((exchange, at) => at >= next && isAbout(exchange, expected));
    const exchange = exchanges[index];
    const line = exchange?.response.status === expected.status ? expected.decides(exchange) : undefined;
    if (exchange === undefined || line === undefined)
      return { traced, miss: describeMiss(expected, exchange) };
    traced[index] = { ...exchange, highlight: { title: expected.title, line } };
    next = index + 1;
  }
  return { traced };
}

function isAbout({ from, to, request }: Exchange, expected: Expectation): boolean {
  return (
    from === expected.from &&
    to === expected.to &&
    request.method === expected.method &&
    new URL(request.url).pathname.startsWith(expected.path)
  );
}

function describeMiss(expected: Expectation, found: Exchange | undefined): string {
  const wanted = `${expected.method} ${expected.path} from ${expected.from} to ${expected.to}`;
  if (found === undefined) return `"${expected.title}": there was no ${wanted}`;
  const { status } = found.response;
  return status === expected.status
    ? `"${expected.title}": the answer to ${wanted} lacks what should decide`
    : `"${expected.title}": ${wanted} was answered with ${status}, not ${expected.status}`;
}

function missesReason({ reason }: Step, refusals: readonly Refusal[]): string | undefined {
  const given = refusals.map(({ code }) => code);
  if (reason === undefined || given.includes(reason)) return undefined;
  return `The server should have refused for ${reason}, its reason was ${given.join(', ') || 'none'}`;
}
