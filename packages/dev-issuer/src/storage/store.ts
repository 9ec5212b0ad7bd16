import type { Adapter, AdapterPayload } from 'oidc-provider';

/** An entry as it is kept between runs. */
export interface StoredEntry {
  readonly model: string;
  readonly id: string;
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; absent: it does not expire. */
  readonly expiresAt?: number;
}

/** What an issuer must remember: clients, grants, tokens, logins. */
export interface Store {
  adapter(model: string): Adapter;
  /** What has not expired. */
  list(): StoredEntry[];
}

/**
 * Of each kind: who registers client after client, or begins login after login, takes no more memory than that. The one that was not
 * looked at for the longest time is forgotten first.
 */
export const maxEntries = 500;

/** @param onChange - what was there before is not there any more, or something new is */
export function createStore(entries: readonly StoredEntry[], onChange: () => void): Store {
  const models = new Map<string, Map<string, StoredEntry>>();
  const modelOf = (model: string): Map<string, StoredEntry> => {
    const found = models.get(model) ?? new Map<string, StoredEntry>();
    models.set(model, found);
    return found;
  };
  const isOver = ({ expiresAt = Infinity }: StoredEntry): boolean => expiresAt <= Date.now();
  for (const entry of entries) if (!isOver(entry)) modelOf(entry.model).set(entry.id, entry);

  return {
    adapter: (model) => createAdapter(model, modelOf(model), { isOver, onChange }),
    list: () => [...models.values()].flatMap((model) => [...model.values()]).filter((entry) => !isOver(entry)),
  };
}

function createAdapter(
  model: string,
  entries: Map<string, StoredEntry>,
  { isOver, onChange }: { isOver: (entry: StoredEntry) => boolean; onChange: () => void },
): Adapter {
  const put = (entry: StoredEntry): void => {
    entries.delete(entry.id);
    entries.set(entry.id, entry);
  };
  const use = (entry: StoredEntry | undefined): AdapterPayload | undefined => {
    if (entry === undefined) return undefined;
    if (isOver(entry)) entries.delete(entry.id);
    else put(entry);
    return isOver(entry) ? undefined : entry.payload;
  };
  const findBy = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    use([...entries.values()].find((entry) => matches(entry.payload) && !isOver(entry)));
  const change = (how: () => void): Promise<void> => {
    how();
    onChange();
    return Promise.resolve();
  };

  return {
    upsert: (id, payload, expiresIn) =>
      change(() => {
        const expiry = expiresIn ? { expiresAt: Date.now() + expiresIn * 1000 } : undefined;
        put({ model, id, payload, ...expiry });
        for (const [oldest] of entries) {
          if (entries.size <= maxEntries) break;
          entries.delete(oldest);
        }
      }),
    find: (id) => Promise.resolve(use(entries.get(id))),
    findByUid: (uid) => Promise.resolve(findBy((payload) => payload.uid === uid)),
    findByUserCode: (code) => Promise.resolve(findBy((payload) => payload.userCode === code)),
    consume: (id) =>
      change(() => {
        const payload = use(entries.get(id));
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      }),
    destroy: (id) => change(() => void entries.delete(id)),
    revokeByGrantId: (grantId) =>
      change(() => {
        for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
      }),
  };
}
