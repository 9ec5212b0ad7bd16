import type { KeysEvent } from '../events/server-events.js';
import { printable } from '../events/facts.js';
import type { FetchedKeySet } from './fetch-key-set.js';
import type { PublicJwk } from './public-jwk.js';

/** What the owner hears of a set that was fetched. */
export type KeySetChange = Omit<KeysEvent, 'type' | 'issuer' | 'url'>;

const maxNamed = 20;

/** Compares a set with the one that it replaces. Keys that both have are the same objects. */
export function describeChange(
  former: Pick<FetchedKeySet, 'keys'> | undefined,
  { keys, leftOut, freshMs }: Pick<FetchedKeySet, 'keys' | 'leftOut' | 'freshMs'>,
): KeySetChange {
  const before = new Set(former?.keys);
  const now = new Set(keys);
  const added = keys.filter((key) => !before.has(key));
  const withdrawn = [...before].filter((key) => !now.has(key));
  const isSame = added.length === 0 && withdrawn.length === 0;
  return {
    change: former === undefined ? 'first' : isSame ? 'same' : 'rotated',
    count: keys.length,
    added: nameKeys(added),
    withdrawn: nameKeys(withdrawn),
    leftOut: leftOut
      .slice(0, maxNamed)
      .map(({ kid, reason }) => ({ keyId: nameKey(kid), reason: printable(reason, 300) })),
    freshMs,
  };
}

function nameKeys(keys: readonly PublicJwk[]): readonly string[] {
  return keys.slice(0, maxNamed).map(({ kid }) => nameKey(kid));
}

function nameKey(kid: string | undefined): string {
  return kid === undefined ? '(without kid)' : printable(kid);
}
