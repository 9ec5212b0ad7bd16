import type { DocumentKind } from '../generated/document-kind.js';
import { MetadataError } from './metadata-error.js';
import { isObject } from './report.js';

/** The wire names of a shape and the members that hold their own shapes. Maps are built on first use. */
export interface KeyMap {
  readonly names: readonly string[];
  readonly nested: Readonly<Record<string, KeyMap>>;
  toCamelCase?: ReadonlyMap<string, string>;
  toWire?: ReadonlyMap<string, string>;
}

/** The camelCase form of a wire name: separators go, the letter or digit after them becomes upper case. */
export const camelCase = (wire: string): string =>
  // Names of a table, never what a document holds
  // eslint-disable-next-line regexp/no-super-linear-move
  wire.replace(/[-_]+([a-z0-9])/g, (_, next: string) => next.toUpperCase());

const wireToCamelCase = (map: KeyMap): ReadonlyMap<string, string> =>
  (map.toCamelCase ??= new Map(map.names.map((name) => [name, camelCase(name)])));

const camelCaseToWire = (map: KeyMap): ReadonlyMap<string, string> =>
  (map.toWire ??= new Map(map.names.map((name) => [camelCase(name), name])));

type Document = Record<string, unknown>;

/** Assignment would run the setter of `__proto__`; a definition makes an ordinary member of it. */
function put(target: Document, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else target[name] = value;
}

const nestedMap = (map: KeyMap, wire: string, value: unknown): KeyMap | undefined =>
  isObject(value) && Object.hasOwn(map.nested, wire) ? map.nested[wire] : undefined;

/**
 * Renames known members from wire to camelCase names, into a new object. Unknown ones keep name and value; one that is
 * spelled like the camelCase form of a known member is left out, because it would be mistaken for that member.
 */
export function toCamelCase(document: object, map: KeyMap): Document {
  const known = wireToCamelCase(map);
  const camelNames = camelCaseToWire(map);
  const result: Document = {};
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    const renamed = known.get(name);
    const inner = renamed === undefined ? undefined : nestedMap(map, name, value);
    if (renamed !== undefined) put(result, renamed, inner ? toCamelCase(value as object, inner) : value);
    else if (!camelNames.has(name)) put(result, name, value);
  }
  return result;
}

/**
 * Renames known members from camelCase to wire names, into a new object. Unknown ones keep name and value. Where a
 * member is given under both names, the wire name wins.
 */
export function toWire(document: object, map: KeyMap): Document {
  const known = camelCaseToWire(map);
  const result: Document = {};
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    const wire = known.get(name) ?? name;
    if (wire !== name && Object.hasOwn(document, wire)) continue;
    const inner = nestedMap(map, wire, value);
    put(result, wire, inner ? toWire(value as object, inner) : value);
  }
  return result;
}

/** Runs a renaming over a whole document; what cannot be read becomes the typed error. */
export function rename(
  kind: DocumentKind,
  document: unknown,
  map: KeyMap,
  direction: typeof toCamelCase | typeof toWire,
): Document {
  try {
    if (isObject(document)) return direction(document, map);
  } catch {
    // A getter or a proxy of the document threw.
  }
  throw new MetadataError(kind, [{ code: 'type', path: [], message: 'cannot be read' }]);
}
