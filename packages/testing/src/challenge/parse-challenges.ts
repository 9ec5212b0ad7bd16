import { FieldScanner } from './field-scanner.js';

/** One parameter of a challenge. */
export interface AuthParameter {
  /** As written; parameter names ignore case. */
  readonly name: string;
  readonly value: string;
  /** Whether the value was a quoted string; else it was a token. */
  readonly quoted: boolean;
}

/** One challenge of a `WWW-Authenticate` header. */
export interface Challenge {
  /** As written; scheme names ignore case. */
  readonly scheme: string;
  /** Instead of parameters, for schemes such as Negotiate. */
  readonly token68: string | undefined;
  readonly parameters: readonly AuthParameter[];
}

/**
 * Reads the challenges of `WWW-Authenticate` header values (RFC 9110 §11.2, §11.3, §11.6.1), without any leniency.
 *
 * Checks: the grammar to the letter; no parameter name twice in one challenge.
 * Does not check: what a scheme demands of its parameters.
 *
 * @throws {SyntaxError} with the position of the first character that does not fit
 * @see RFC 9110 §11.6.1
 * @example
 * ```ts
 * import { parseChallenges } from '@mcp-auth/testing';
 *
 * const [challenge] = parseChallenges('Bearer realm="mcp", error="invalid_token"');
 * console.log(challenge?.scheme);
 * ```
 */
export function parseChallenges(values: string | readonly string[]): Challenge[] {
  return (typeof values === 'string' ? [values] : values).flatMap(parseField);
}

function parseField(value: string): Challenge[] {
  const scanner = new FieldScanner(value);
  const challenges: Challenge[] = [];
  skipEmptyElements(scanner);
  while (!scanner.isAtEnd()) {
    challenges.push(parseChallenge(scanner));
    if (scanner.isAtEnd()) break;
    skipSeparator(scanner);
  }
  if (challenges.length === 0) scanner.fail('at least one challenge');
  return challenges;
}

function parseChallenge(scanner: FieldScanner): Challenge {
  const scheme = scanner.token();
  if (!scanner.skipSpaces()) return { scheme, token68: undefined, parameters: [] };
  if (scanner.isAtElementEnd()) return { scheme, token68: undefined, parameters: [] };
  const token68 = scanner.token68BeforeListEnd();
  if (token68 !== undefined) return { scheme, token68, parameters: [] };
  return { scheme, token68: undefined, parameters: parseParameters(scanner) };
}

function parseParameters(scanner: FieldScanner): AuthParameter[] {
  const parameters: AuthParameter[] = [];
  const names = new Set<string>();
  for (;;) {
    const parameter = parseParameter(scanner);
    const name = parameter.name.toLowerCase();
    if (names.has(name)) scanner.fail(`no second ${name}`);
    names.add(name);
    parameters.push(parameter);
    if (!nextIsParameter(scanner)) return parameters;
    skipSeparator(scanner);
  }
}

function parseParameter(scanner: FieldScanner): AuthParameter {
  const name = scanner.token();
  scanner.skipWhitespace();
  scanner.expect('=');
  scanner.skipWhitespace();
  const quoted = scanner.peek() === '"';
  return { name, value: quoted ? scanner.quotedString() : scanner.token(), quoted };
}

/** After a comma, `token BWS "="` goes on with the challenge, anything else begins another one. */
function nextIsParameter(scanner: FieldScanner): boolean {
  return scanner.lookAhead(() => {
    if (scanner.isAtEnd()) return false;
    skipSeparator(scanner);
    if (scanner.isAtEnd()) return false;
    scanner.token();
    scanner.skipWhitespace();
    return scanner.peek() === '=';
  });
}

function skipSeparator(scanner: FieldScanner): void {
  scanner.skipWhitespace();
  if (scanner.isAtEnd()) return;
  scanner.expect(',');
  skipEmptyElements(scanner);
}

/** RFC 9110 §5.6.1.2: a recipient must cope with a reasonable number of empty elements. */
function skipEmptyElements(scanner: FieldScanner): void {
  scanner.skipWhitespace();
  while (scanner.peek() === ',') {
    scanner.expect(',');
    scanner.skipWhitespace();
  }
}
