import { createPaint, type Paint } from './paint.js';
import type { Audience } from './scenario.js';
import type { Exchange, StepTrace, TracedExchange } from './trace.js';

export interface Output {
  write(text: string): unknown;
}

/** Writes the performance down as it goes on: numbered, with the line that decides. */
export class Printer implements Audience {
  readonly #output: Output;
  readonly #paint: Paint;
  #count = 0;

  constructor(output: Output, { colours }: { readonly colours: boolean }) {
    this.#output = output;
    this.#paint = createPaint(colours);
  }

  /** How many exchanges went as they should. */
  get count(): number {
    return this.#count;
  }

  beginChapter({ title }: { readonly title: string }): void {
    this.line(`\n${this.#paint('bold', title)}`);
  }

  endStep({ exchanges, refusal }: StepTrace): void {
    for (const exchange of exchanges) this.#printExchange(exchange);
    if (refusal !== undefined) this.line(`      ${refusal.server} tells its operator: ${refusal.code}`);
  }

  line(text: string): void {
    this.#output.write(`${text}\n`);
  }

  #printExchange({ highlight, ...exchange }: TracedExchange): void {
    const { status } = exchange.response;
    if (highlight === undefined) {
      this.line(this.#paint('dim', `      also: ${describeExchange(exchange)} -> ${status}`));
      return;
    }
    this.#count += 1;
    this.line(`${String(this.#count).padStart(3)}. ${highlight.title}`);
    const colour = status < 400 ? 'green' : 'yellow';
    this.line(`      ${describeExchange(exchange)} -> ${this.#paint(colour, String(status))}`);
    this.line(`      ${this.#paint('cyan', highlight.line)}`);
  }
}

/** Who asks whom for what, on one line. */
export function describeExchange({ from, to, request }: Exchange): string {
  const { method } = (request.body ?? {}) as { method?: unknown };
  const operation = typeof method === 'string' ? ` (${method})` : '';
  return `${from} -> ${to}: ${request.method} ${shortPath(request.url)}${operation}`;
}

/** Random parts of a path say nothing to a reader. */
export function shortPath(url: string): string {
  return new URL(url).pathname.replace(/[\w-]{30,}/g, '...');
}
