import type { Realm } from './realm.js';

const keyProvider = 'org.keycloak.keys.KeyProvider';

interface KeyComponent {
  readonly id: string;
  readonly providerId: string;
  readonly config: { readonly priority?: readonly string[] };
}

/** The keys with which a realm signs: _Realm settings_, _Keys_, _Add providers_. The one of the highest priority is used. */
export class RealmKeys {
  readonly #realm: Realm;
  #priority = 100;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  async add(): Promise<void> {
    this.#priority += 1;
    const priority = String(this.#priority);
    await this.#realm.admin.post(`${this.#realm.path}/components`, {
      name: `key-${priority}`,
      providerId: 'rsa-generated',
      providerType: keyProvider,
      config: {
        priority: [priority],
        enabled: ['true'],
        active: ['true'],
        algorithm: ['RS256'],
        keySize: ['2048'],
      },
    });
  }

  async removeOld(): Promise<void> {
    const { admin, path } = this.#realm;
    const all = await admin.get<readonly KeyComponent[]>(`${path}/components?type=${keyProvider}`);
    for (const { id, providerId, config } of all) {
      const isOld = providerId === 'rsa-generated' && config.priority?.[0] !== String(this.#priority);
      if (isOld) await admin.delete(`${path}/components/${id}`);
    }
  }
}
