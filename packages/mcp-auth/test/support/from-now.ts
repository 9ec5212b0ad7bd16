type Time = () => number;

/** Seconds from the moment when a token is made. From when a file is loaded, a busy machine may take minutes until then. */
export const fromNow =
  (seconds: number): Time =>
  () =>
    Math.floor(Date.now() / 1000) + seconds;

/** Claims whose times are numbers. */
export const atThisTime = (claims: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'function' ? (value as Time)() : value,
    ]),
  );
