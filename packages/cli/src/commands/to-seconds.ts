import { InvalidArgumentError } from 'commander';

/** Reads a number of seconds, up to an hour. */
export function toSeconds(value: string): number {
  const seconds = Number(value);
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('Write a number from 1 to 3600.');
  return seconds;
}
