import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Keeps what one authorization server must remember, for as long as the process runs. */
export function createMemoryAdapter(): (model: string) => Adapter {
  const models = new Map<string, Map<string, Entry>>();
  return (model) => {
    const entries = models.get(model) ?? new Map<string, Entry>();
    models.set(model, entries);

    const find = (matches: (payload: AdapterPayload, id: string) => boolean): AdapterPayload | undefined => {
      const now = Date.now();
      for (const [id, { payload, expiresAt }] of entries) {
        if (expiresAt <= now) entries.delete(id);
        else if (matches(payload, id)) return payload;
      }
      return undefined;
    };

    return {
      upsert: (id, payload, expiresIn) => {
        entries.set(id, { payload, expiresAt: Date.now() + (expiresIn || Infinity) * 1000 });
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(find((_payload, key) => key === id)),
      findByUid: (uid) => Promise.resolve(find((payload) => payload.uid === uid)),
      findByUserCode: (code) => Promise.resolve(find((payload) => payload.userCode === code)),
      consume: (id) => {
        const payload = find((_payload, key) => key === id);
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy: (id) => {
        entries.delete(id);
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
        return Promise.resolve();
      },
    };
  };
}
