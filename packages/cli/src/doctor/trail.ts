import { type ProblemId, problems } from './problems/problems.js';
import { type StepName, stepNames } from './problems/problem.js';
import type { Exchange } from '../net/exchange.js';

/** What is wrong, with the values of this case. */
export interface Fault {
  readonly problem: ProblemId;
  /** What was seen, in a sentence. What a server said is in it as it came: whoever prints it escapes it. */
  readonly why: string;
  /** Better than what is written with the problem. */
  readonly fix?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  readonly exchange?: Exchange | undefined;
}

/** A step that could not be passed. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.why);
    this.fault = fault;
  }
}

/** The walk cannot go on from here, and nobody is to blame for it. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** What a walk may use of something is used up. */
export class CutShort extends Ended {
  readonly of: 'time' | 'requests';
  constructor(of: 'time' | 'requests') {
    super(`not judged, out of ${of}`);
    this.of = of;
  }
}

export type StepOutcome =
  | { readonly step: StepName; readonly outcome: 'passed'; readonly saw: string }
  | { readonly step: StepName; readonly outcome: 'skipped'; readonly why: string }
  | { readonly step: StepName; readonly outcome: 'broken'; readonly fault: Fault };

/** Why a step behind a broken one has no outcome. */
const notReached = 'not reached';

/** What a walk has passed, where it broke, and what was noticed on the way. */
export class Trail {
  readonly #steps = new Map<StepName, StepOutcome>();
  readonly #notes: Fault[] = [];
  #cutShort: CutShort | undefined;
  readonly #onStep: (name: StepName) => void;

  constructor(onStep: (name: StepName) => void = () => undefined) {
    this.#onStep = onStep;
  }

  /** @throws {Broken} or {@link Ended}, after it was written down */
  async step<Found>(name: StepName, act: () => Promise<Found>, describe: (found: Found) => string) {
    this.#onStep(name);
    try {
      const found = await act();
      if (!this.#steps.has(name)) this.pass(name, describe(found));
      return found;
    } catch (error) {
      if (error instanceof Broken) this.#break(error.fault);
      else if (error instanceof Ended) {
        if (error instanceof CutShort) this.#cutShort = error;
        this.skip(name, error.message);
      }
      throw error;
    }
  }

  pass(step: StepName, saw: string): void {
    this.#steps.set(step, { step, outcome: 'passed', saw });
  }

  skip(step: StepName, why: string): void {
    this.#steps.set(step, { step, outcome: 'skipped', why });
  }

  /** Something that stops no client of the kind that walks here. */
  note(fault: Fault): void {
    this.#notes.push(fault);
  }

  /** A problem names its step, which may be an earlier or later one than what found it. */
  #break(fault: Fault): void {
    const { step } = problems[fault.problem];
    this.#steps.set(step, { step, outcome: 'broken', fault });
  }

  /** What was used up before the walk came to its end. */
  get cutShort(): CutShort['of'] | undefined {
    return this.#cutShort?.of;
  }

  get notes(): readonly Fault[] {
    return this.#notes;
  }

  get broken(): Extract<StepOutcome, { readonly outcome: 'broken' }> | undefined {
    return [...this.#steps.values()].find((each) => each.outcome === 'broken');
  }

  /** In the order of a client; steps that were not reached say so. */
  get steps(): readonly StepOutcome[] {
    const why = this.#cutShort?.message ?? notReached;
    return stepNames.map((step) => this.#steps.get(step) ?? { step, outcome: 'skipped', why });
  }
}
