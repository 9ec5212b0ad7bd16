const segment = '/.well-known/oauth-protected-resource';

/** Where clients look for the metadata of a resource, besides what a challenge names (RFC 9728 §3.1): below its path, and at the root. */
export function resourceLocations(target: URL): readonly URL[] {
  const path = target.pathname === '/' ? '' : target.pathname;
  const inserted = new URL(`${segment}${path}${target.search}`, target.origin);
  return path === '' ? [inserted] : [inserted, new URL(segment, target.origin)];
}

const maxProbes = 8;

/**
 * Where the document is when it was mounted under a prefix of the path, or a proxy adds one: in front of the well-known segment. No client looks
 * there; a doctor does.
 */
export function misplacedLocations(target: URL): readonly URL[] {
  const parts = target.pathname.split('/').filter((part) => part !== '');
  const urls = parts.flatMap((_part, index) => {
    const prefix = `/${parts.slice(0, index + 1).join('/')}`;
    const rest = parts.slice(index + 1).join('/');
    return [
      `${prefix}${segment}${target.pathname}`,
      ...(rest === '' ? [] : [`${prefix}${segment}/${rest}`]),
      `${prefix}${segment}`,
    ];
  });
  return [...new Set(urls)].slice(0, maxProbes).map((path) => new URL(path, target.origin));
}
