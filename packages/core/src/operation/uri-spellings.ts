/** The ways to write one URI that a server may take for the same resource. */
export interface UriSpellings {
  /** As written, and as a URL parser gives it: what holds for everything else counts for these too. */
  readonly exact: readonly string[];
  /** What handlers may make of it, in the form of {@link toLooseForm}: only rules that name it count. */
  readonly loose: ReadonlySet<string>;
}

/** `/ \ . ? # % : @`, still encoded: whoever decodes again reads another URI. A control character ends a path for some. */
const unreadable = /%(?:2[35ef]|3[af]|40|5c)|\p{Cc}/iu;
/** Resolvers do not agree on what such a segment takes away: the one before, a drive letter, or a part of a query. */
const dotSegment = /(?:^|[/\\:])\.\.?(?:[/\\?#;]|$)/;

/**
 * All spellings of a URI that count; nothing for one of which nobody can tell what it names: it cannot be decoded, has dot
 * segments, or still holds encoded delimiters after one decoding.
 *
 * Handlers decode what they get (`fileURLToPath` does), leave out query and fragment, and hand paths to file systems, which
 * take repeated slashes for one. So a URI is judged in these forms too.
 */
export function spell(uri: string): UriSpellings | undefined {
  const parsed = parse(uri) ?? uri;
  const exact = parsed === uri ? [uri] : [uri, parsed];
  const forms = new Set<string>();
  for (const spelling of exact) {
    const plain = withoutUser(spelling);
    const decoded = decode(plain);
    if (decoded === undefined || dotSegment.test(decoded)) return undefined;
    addForms(plain, decoded, forms);
  }
  // With and without a final slash
  const loose = new Set<string>();
  for (const form of forms) {
    const found = toLooseForm(form);
    loose.add(found);
    if (found.endsWith('/')) loose.add(found.slice(0, -1));
  }
  return { exact, loose };
}

/** With and without query and fragment, which may come to light by decoding only. */
function addForms(spelling: string, decoded: string, forms: Set<string>): void {
  const short = decode(withoutQuery(spelling)) ?? decoded;
  for (const form of [decoded, short, withoutQuery(short)]) forms.add(form);
}

/** Without user information, which may hold an encoded slash. */
function withoutUser(uri: string): string {
  return uri.includes('@') ? uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#\\]*@/i, '$1') : uri;
}

function withoutQuery(uri: string): string {
  const end = uri.search(/[?#]/);
  return end === -1 ? uri : uri.slice(0, end);
}

function decode(uri: string): string | undefined {
  try {
    const decoded = uri.includes('%') ? decodeURIComponent(uri) : uri;
    return unreadable.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function parse(uri: string): string | undefined {
  try {
    return new URL(uri).href;
  } catch {
    return undefined;
  }
}

/** A scheme and what stands behind it; the private character stands for a placeholder of a template. */
const parts = /^([a-z\ue000][a-z0-9+.\ue000-]*:)\/\/([^/?#]*)/i;

/**
 * The form in which decoded URIs, and what rules name, are compared: slashes for back slashes, one for several, no user
 * information, no dot at the end of a host, composed characters. A file has no host.
 */
export function toLooseForm(decoded: string): string {
  const uri = decoded.normalize('NFC').replaceAll('\\', '/');
  const found = parts.exec(uri);
  if (found === null) return collapse(uri);
  const [beginning, scheme = '', authority = ''] = found;
  const rest = collapse(uri.slice(beginning.length));
  const host = scheme.toLowerCase() === 'file:' ? '' : withoutFinalDots(authority.replace(/^.*@/, ''));
  return `${scheme}//${host}${rest}`;
}

/** The dots that end the name of a host, with a port behind it or without. */
function withoutFinalDots(host: string): string {
  const port = /:\d+$/.exec(host)?.[0] ?? '';
  let end = host.length - port.length;
  while (host.charAt(end - 1) === '.') end--;
  return host.slice(0, end) + port;
}

function collapse(path: string): string {
  return path.includes('//') ? path.replaceAll(/\/{2,}/g, '/') : path;
}

const isAscii = /^\p{ASCII}*$/u;

/** For comparison without regard to case, which some file systems have none of. The length stays the same. */
export function foldCase(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
