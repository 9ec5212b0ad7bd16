/** What goes on when what it waits for is there: written like an async function, with `yield* settled(…)` where that has `await`. */
export type Steps<Result> = Generator<Promise<unknown>, Result, unknown>;

/** The value; it is waited for only where it is a promise. */
export function* settled<Value>(value: Value | Promise<Value>): Steps<Value> {
  return value instanceof Promise ? ((yield value) as Value) : value;
}

/**
 * Goes through all steps. A promise only from the first that has to wait: each turn of the event loop that a request gives away goes
 * to others first, and takes it as long as a signature.
 */
export function runSteps<Result>(steps: Steps<Result>): Result | Promise<Result> {
  const step = steps.next();
  return step.done === true ? step.value : waitFor(step.value, steps);
}

async function waitFor<Result>(pending: Promise<unknown>, steps: Steps<Result>): Promise<Result> {
  for (let awaited = pending; ;) {
    const step = await awaited.then(
      (value) => steps.next(value),
      (error: unknown) => steps.throw(error),
    );
    if (step.done === true) return step.value;
    awaited = step.value;
  }
}
