import type { JsonObject, JsonValue } from '../json.js';

/** What stands for `{name}` in texts. */
export type Placeholders = Readonly<Record<string, string>>;

/** Puts the values of known placeholders into a string; unknown ones stay. */
export function fillText(text: string, placeholders: Placeholders): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => placeholders[name] ?? whole);
}

/** The same for every string inside a value; `{ fromNow }` becomes seconds since the epoch. */
export function fillValue(value: JsonValue, placeholders: Placeholders, nowSeconds: number): JsonValue {
  if (typeof value === 'string') return fillText(value, placeholders);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((entry) => fillValue(entry, placeholders, nowSeconds));
  if (typeof value.fromNow === 'number') return nowSeconds + value.fromNow;
  return fillObject(value, placeholders, nowSeconds);
}

export function fillObject(object: JsonObject, placeholders: Placeholders, nowSeconds: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, fillValue(value, placeholders, nowSeconds)]),
  );
}

function isList(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}
