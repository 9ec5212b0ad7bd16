import { isCompactJws } from '../runtime/compact-jws.js';
import { isObject, type Members } from '../runtime/report.js';
import type { Inspection } from './inspection.js';
import type { Subject } from './requirement.js';

// Part of every runtime this package names; their types come with libraries that this package does without.
declare const atob: (text: string) => string;
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true },
) => { decode(bytes: Uint8Array): string };

function decode(segment: string): Members | undefined {
  try {
    const binary = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The rules on `signed_metadata` that can be seen without a key. The signature is not verified. */
export function lintSignedMetadata(look: Inspection, { kind }: Subject): void {
  const value = look.document['signed_metadata'];
  if (typeof value !== 'string' || !isCompactJws(value)) return;
  const rule = kind === 'protected_resource' ? 'RFC9728-2.2-01' : 'RFC8414-2.1-01';
  const add = (code: Parameters<Inspection['add']>[0], requirement: string, message: string, fix: string) => {
    look.add(code, 'error', 'signed_metadata', requirement, message, fix);
  };
  const [header = '', payload = ''] = value.split('.');
  const algorithm = decode(header)?.['alg'];
  const claims = decode(payload);
  if (typeof algorithm !== 'string' || claims === undefined) {
    add(
      'signed-metadata-unreadable',
      rule,
      'The JWT cannot be decoded.',
      'Publish a JWS with a JSON object inside.',
    );
    return;
  }
  if (algorithm === 'none') {
    add('signed-metadata-unsigned', rule, 'The JWT is not signed.', 'Sign it with an asymmetric algorithm.');
  }
  if (typeof claims['iss'] !== 'string') {
    add('signed-metadata-without-issuer', rule, 'The JWT has no `iss` claim.', 'Name its issuer in `iss`.');
  }
  if ('signed_metadata' in claims) {
    const nested = kind === 'protected_resource' ? 'RFC9728-2.2-03' : rule;
    add('signed-metadata-nested', nested, 'The JWT holds signed_metadata itself.', 'Take the claim out.');
  }
}
