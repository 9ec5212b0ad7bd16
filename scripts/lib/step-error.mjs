/** A step that did not work out. Its message is one sentence for the person at the terminal. */
export class StepError extends Error {
  name = 'StepError';
}

/** Prints the one sentence a person needs and sets the exit code. */
export function reportFailure(error) {
  const message =
    error instanceof StepError ? error.message : `Unexpected failure: ${error?.message ?? error}`;
  console.error(`\n${message}`);
  process.exitCode = 1;
}
