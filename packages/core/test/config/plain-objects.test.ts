import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { seats, type Seat } from './seats.js';

class Settings {
  readonly made = 'by a class';
}

/** Objects whose members a copy, a list or a check does not see. */
const others: Readonly<Record<string, (base: Seat['base']) => unknown>> = {
  'an instance of a class': (base) => Object.assign(new Settings(), base),
  'an instance with a getter': (base) =>
    Object.assign(
      new (class Getters {
        get requiredScopes() {
          return ['admin'];
        }
      })(),
      base,
    ),
  'an object that inherits': (base) => Object.create(base) as unknown,
  'members that are not enumerable': (base) =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(base).map(([name, value]) => [name, { value, enumerable: false }] as const),
      ),
    ),
  'a Map': (base) => new Map(Object.entries(base)),
  'a Set': () => new Set(['read']),
  'a Date': () => new Date(),
  'an Error': () => new Error('settings'),
  'a RegExp': () => /settings/,
  'a URL': () => new URL('https://as.example.com'),
  'a Headers object': () => new Headers(),
  'a generator': () =>
    (function* settings() {
      yield 1;
    })(),
  'a number in a box': () => Object(1) as unknown,
};

/** Objects that are handed on as they are, so that instances of classes work. */
const mayBeInstances: ReadonlySet<string> = new Set(['a token policy']);

describe.each(Object.entries(seats))('%s', (name, seat) => {
  test.each(Object.entries(others))('%s is refused: what it says could be lost', async (_what, create) => {
    if (mayBeInstances.has(name)) return;
    const base = Object.keys(seat.base).length === 0 ? { ...firstOf(seat.known) } : seat.base;
    const error: unknown = await Promise.resolve()
      .then(() => seat.write(create(base)))
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(MCPAuthConfigError);
  });
});

function firstOf(known: Seat['known']): Seat['known'] {
  return Object.fromEntries(Object.entries(known).slice(0, 1));
}

test('an instance is told from a plain object, with its class', () => {
  expect(() => seats['new MCPAuth()']?.write(new Settings())).toThrow(
    'options: must be an object, but is an instance of Settings, not a plain object.',
  );
});

test('objects of another realm are as plain as ours', () => {
  const seat = seats['bearerAuth("jwt")'];
  const options: unknown = runInNewContext('({ ...base, requiredScopes: ["read"] })', { base: seat?.base });
  expect(() => seat?.write(options)).not.toThrow();
});

test('a token policy may be an instance of a class: it is handed on as it is', () => {
  class Policy {
    readonly name = 'own';
    check(): boolean {
      return this.name.length === 3;
    }
  }
  expect(() => seats['a token policy']?.write(new Policy())).not.toThrow();
});
