/** The command line, or what it names, cannot be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for could not be carried out, whatever its result would have been: exit code 3. */
export class CannotError extends Error {
  override readonly name = 'CannotError';
}
