import { createPaint, type Paint, type Style } from './paint.js';
import type { Output } from './print.js';
import type { Audience } from './scenario.js';
import type { DecisionEvent, StepTrace } from './trace.js';

/** As wide as the longest title of a refusal, so that reasons stand below each other. */
const titleWidth = 30;
const maxFactLength = 40;

/** Writes the performance down so that it fits a screen: a line for each step, with the answer of the server and its reason. */
export class Screen implements Audience {
  readonly #output: Output;
  readonly #paint: Paint;
  #count = 0;

  constructor(output: Output, { colours }: { readonly colours: boolean }) {
    this.#output = output;
    this.#paint = createPaint(colours);
  }

  /** How many steps went as they should. */
  get count(): number {
    return this.#count;
  }

  beginChapter({ title }: { readonly title: string }): void {
    this.line(`\n${this.#paint('bold', title)}`);
  }

  endStep(step: StepTrace): void {
    if (step.failure === undefined) this.#count += 1;
    const decided = step.exchanges.findLast(
      ({ decision, highlight }) => decision !== undefined && highlight !== undefined,
    );
    const status = (decided === undefined ? '' : String(decided.response.status)).padEnd(3);
    const { mark, style } = judge(step);
    const reason = step.refusal && describeRefusal(step.refusal.code, decided?.decision?.event);
    const text = reason === undefined ? step.title : `${step.title.padEnd(titleWidth)} ${reason}`;
    const line = `  ${mark} ${status}  `;
    // What went well stays quiet
    this.line(reason === undefined ? `${this.#paint(style, line)}${text}` : this.#paint(style, line + text));
  }

  line(text: string): void {
    this.#output.write(`${text}\n`);
  }
}

function judge({ failure, refusal }: StepTrace): { readonly mark: string; readonly style: Style } {
  if (failure !== undefined) return { mark: '!', style: 'red' };
  if (refusal === undefined) return { mark: '✓', style: 'green' };
  // Its client may go on, and does
  return { mark: '✗', style: refusal.code === 'insufficient_scope' ? 'yellow' : 'red' };
}

/** The code, and in few words what was wrong. */
function describeRefusal(code: string, event: DecisionEvent | undefined): string {
  const words = event?.outcome === 'deny' ? describeFact(event) : undefined;
  return words === undefined ? code : `${code}: ${words}`;
}

function describeFact({
  code,
  actual,
  time,
}: Extract<DecisionEvent, { outcome: 'deny' }>): string | undefined {
  switch (code) {
    case 'token_expired':
      return typeof actual === 'number' ? `${Math.round((time / 1000 - actual) / 60)} min ago` : undefined;
    case 'wrong_audience':
      return `for ${shorten(actual)}`;
    case 'untrusted_issuer':
      return `from ${shorten(actual)}`;
    default:
      return undefined;
  }
}

/** An address without what all of them begin with. */
function shorten(address: unknown): string {
  return String(address)
    .replace(/^https?:\/\//, '')
    .slice(0, maxFactLength);
}
