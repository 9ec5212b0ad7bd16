/** Why a text is no signed JWT (RFC 7519 §7.2, RFC 7515 §3.1), and what to do about it. Nothing of the text is repeated. */
export interface ShapeProblem {
  readonly message: string;
  readonly fix: string;
}

const copyAgain = 'Copy the whole token again, or look at what cuts or changes it on its way.';
const standardBase64 =
  'It was encoded as plain Base64. The provider must write base64url without padding (RFC 7515 §2).';

/** Where it is well-formed, this says nothing. */
export function describeShape(token: string): ShapeProblem | undefined {
  const parts = token.split('.');
  if (parts.length === 1)
    return {
      message: 'It has no dots: this is an opaque token, which only its issuer can read.',
      fix: "Configure introspection and write bearerAuth('auto'), or have the provider issue JWTs for this resource.",
    };
  if (parts.length !== 3)
    return { message: `It has ${parts.length} parts, and a signed JWT has three.`, fix: copyAgain };
  const [header = '', claims = '', signature = ''] = parts;
  for (const [name, part] of [
    ['header', header],
    ['second part', claims],
    ['signature', signature],
  ] as const) {
    if (part === '') return describeEmpty(name, header);
    if (/[+/=]/.test(part))
      return { message: `Its ${name} has characters of plain Base64 (+, / or =).`, fix: standardBase64 };
    if (!/^[\w-]+$/.test(part))
      return { message: `Its ${name} has characters that are not base64url.`, fix: copyAgain };
    if (Buffer.from(part, 'base64url').toString('base64url') !== part)
      return {
        message: `Its ${name} does not end where a byte ends: characters are missing, or bits are set that nobody reads.`,
        fix: copyAgain,
      };
  }
  if (readObject(header) === undefined)
    return { message: 'Its header is not a JSON object.', fix: copyAgain };
  if (readObject(claims) === undefined)
    return {
      message: 'Its second part is not a JSON object.',
      fix: 'A JWT carries claims. What is signed here is something else.',
    };
  return undefined;
}

function describeEmpty(name: string, header: string): ShapeProblem {
  if (name !== 'signature') return { message: `Its ${name} is empty.`, fix: copyAgain };
  return readObject(header)?.['alg'] === 'none'
    ? {
        message: 'It is not signed: alg is none, so that everybody could have written it.',
        fix: 'Have the provider sign its tokens. No setting of a server makes this one acceptable.',
      }
    : { message: 'Its signature is missing.', fix: copyAgain };
}

function readObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
