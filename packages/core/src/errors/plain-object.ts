import { isPromise } from './promises.js';

/** An object that can have members: no list, and nothing that somebody forgot to wait for. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isPromise(value);
}

/**
 * An object as a literal makes it, of this realm or another. What an instance of a class says through getters and inherited
 * members is lost where it is spread or listed, so no instance passes for options.
 */
export function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (isObject(prototype) && Object.hasOwn(prototype, 'isPrototypeOf'));
}
