import type { Inspection } from './inspection.js';
import { requirement, type Subject } from './requirement.js';
import { hasFragment, hasQuery, isHttps, isLoopback, isTemplate } from './url.js';

/** Scheme, query and fragment of the members that hold URLs. */
export function lintUrls(look: Inspection, subject: Subject): void {
  const { rules } = subject;
  for (const name of rules.urls) {
    const url = look.url(name);
    if (url === undefined) continue;
    if (rules.https.includes(name) || name.endsWith('_endpoint'))
      lintScheme(look, subject, url, [name], name);
    const identifies = requirement.https(subject, name);
    if (rules.noQuery.includes(name) && hasQuery(url)) addQuery(look, [name], identifies);
    if (rules.noFragment.includes(name) && hasFragment(url)) addFragment(look, [name], identifies);
  }
  lintIdentifiers(look, subject, rules.issuerIdentifiers, 'RFC8414-2-01', true);
  lintIdentifiers(look, subject, rules.resourceIdentifiers, 'RFC9728-1.2-01', false);
}

/** `https`, or a lesser finding for a URL that stays on one machine. */
export function lintScheme(
  look: Inspection,
  subject: Subject,
  url: string,
  path: readonly (string | number)[],
  name: string,
): void {
  if (isHttps(url)) return;
  look.add(
    'not-https',
    isLoopback(url) ? 'warning' : 'error',
    path,
    requirement.https(subject, name),
    isLoopback(url)
      ? 'The URL is not https; only the machine it runs on can use it.'
      : 'The URL is not https, so what is exchanged there can be read and changed on the way.',
    'Serve it over https and publish the https URL.',
  );
}

function lintIdentifiers(
  look: Inspection,
  subject: Subject,
  names: readonly string[],
  rule: string,
  areIssuers: boolean,
): void {
  for (const name of names) {
    look.strings(name)?.forEach((url, index) => {
      const path = [name, index];
      lintScheme(look, subject, url, path, areIssuers ? 'issuer' : 'resource');
      if (areIssuers && hasQuery(url)) addQuery(look, path, rule);
      if (hasFragment(url)) addFragment(look, path, rule);
    });
  }
}

const addQuery = (look: Inspection, path: readonly (string | number)[], rule: string) => {
  look.add(
    'has-query',
    'error',
    path,
    rule,
    'An issuer has no query.',
    'Publish the issuer without a query.',
  );
};

const addFragment = (look: Inspection, path: readonly (string | number)[], rule: string) => {
  look.add(
    'has-fragment',
    'error',
    path,
    rule,
    'An identifier has no fragment.',
    'Publish it without a fragment.',
  );
};

/** The identifier itself: is it usable as one, and is it the one that was asked for. */
export function lintIdentity(look: Inspection, subject: Subject, expected: string | undefined): void {
  const name = subject.identifier;
  const value = look.document[name];
  if (typeof value !== 'string') return;
  if (name === 'issuer' && isTemplate(value)) {
    look.add(
      'issuer-template',
      'error',
      name,
      requirement.identity(subject),
      'The issuer is a template, so it can equal neither the URL it was found at nor the `iss` of a token.',
      'Ask for the document of one tenant, whose issuer is written out.',
    );
  }
  if (name === 'resource' && hasQuery(value)) {
    look.add(
      'has-query',
      'warning',
      name,
      'RFC9728-1.2-01',
      'A query in a resource identifier is legal but discouraged.',
      'Tell resources apart by path.',
    );
  }
  if (expected !== undefined && expected !== value) {
    look.add(
      'identifier-mismatch',
      'error',
      name,
      requirement.identity(subject),
      `The ${name} is not the identifier that was asked for; compared code point by code point.`,
      `Publish exactly the ${name} that consumers start from, its last slash included.`,
    );
  }
}
