import { isPromise } from './promises.js';

/** An object that can have members: no list, and nothing that somebody forgot to wait for. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isPromise(value);
}

/**
 * An object whose members are read by name: a literal, or an instance of a class of the application, whose getters and inherited
 * members count. What the platform makes for another purpose, such as a Map or a Date, is none.
 */
export function isOptions(value: unknown): value is object {
  return isObject(value) && Object.prototype.toString.call(value) === '[object Object]';
}

/**
 * An object whose members are listed, because their names are the owner's choice: as a literal makes it, of this realm or another.
 * What an instance of a class says through getters and inherited members would be lost in a list.
 */
export function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (isObject(prototype) && Object.hasOwn(prototype, 'isPrototypeOf'));
}
