/** The resource that accepted a token, as every {@link AuthInfo} of its gate shows it. */
export class AcceptingResource {
  /** Absent in legacy mode. */
  readonly identifier: string | undefined;
  /** Absent in legacy mode. */
  readonly metadataUrl: string | undefined;
  /** `resource` of an auth info. */
  readonly property: PropertyDescriptor | undefined;

  constructor(identifier: string | undefined, metadataUrl: string | undefined) {
    this.identifier = identifier;
    this.metadataUrl = metadataUrl;
    this.property = identifier === undefined ? undefined : createUrlProperty('resource', identifier);
  }
}

/**
 * A property that becomes a URL object of its owner's own when it is first read: URLs can be changed, so no two requests may
 * share one, and most handlers never look.
 */
function createUrlProperty(name: string, url: string): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: true,
    get(this: object): URL {
      const value = new URL(url);
      Reflect.defineProperty(this, name, { configurable: true, enumerable: true, writable: true, value });
      return value;
    },
  };
}
