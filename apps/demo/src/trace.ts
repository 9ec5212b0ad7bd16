import type { MCPAuthEvent } from '@mcp-auth/core';

/** One HTTP exchange as an onlooker saw it, without secrets. */
export interface Exchange {
  readonly from: string;
  readonly to: string;
  /** Places in the order of all messages: an exchange that lies within another was caused by it. */
  readonly sent: number;
  readonly answered: number;
  readonly request: Message & { readonly method: string; readonly url: string };
  readonly response: Message & { readonly status: number };
  /** What a resource server made of the request, where one judged it. */
  readonly decision?: Decision;
}

/** What is kept of a request or a response. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as a value, a form as text; absent when there was none, or one of another kind. */
  readonly body?: unknown;
}

/** A decision of a resource server, as its owner hears of it. */
export type DecisionEvent = Extract<MCPAuthEvent, { readonly type: 'decision' }>;

export interface Decision {
  readonly server: string;
  readonly event: DecisionEvent;
  /** Of a refusal: the sentence that the log has, and where the documentation explains its code. */
  readonly refusal?: { readonly sentence: string; readonly link: string };
}

/** Why a resource server refused a request, in its own words. */
export interface Refusal {
  readonly server: string;
  readonly code: string;
}

/** What a reader should look at in an exchange. */
export interface Highlight {
  readonly title: string;
  /** The line that decides how things go on. */
  readonly line: string;
}

export interface TracedExchange extends Exchange {
  readonly highlight?: Highlight;
}

/** What happened in one step of a scenario. */
export interface StepTrace {
  readonly title: string;
  /** In the order of sending. */
  readonly exchanges: readonly TracedExchange[];
  /** The reason a resource server was to give for its refusal, and gave. */
  readonly refusal?: Refusal;
  /** One sentence, when the step did not go as it should. */
  readonly failure?: string;
}

export interface ChapterTrace {
  readonly title: string;
  readonly steps: readonly StepTrace[];
}

/** A whole performance, as JSON for diagrams and tests. */
export interface Trace {
  readonly chapters: readonly ChapterTrace[];
}
