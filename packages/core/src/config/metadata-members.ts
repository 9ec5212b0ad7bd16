import {
  authorizationServerMetadataToCamelCase,
  listAuthorizationServerMetadataMembers,
  listProtectedResourceMetadataMembers,
  protectedResourceMetadataToCamelCase,
} from '@mcp-auth/schemas';
import { findMeantName, simplifyName, unknownOption } from '../errors/unknown-option.js';

/** The registered members of one document, as a configuration spells them. */
interface MemberNames {
  readonly wire: ReadonlySet<string>;
  readonly camelCase: readonly string[];
}

function namesOf(wire: readonly string[], toCamelCase: (document: never) => object): MemberNames {
  const document = Object.fromEntries(wire.map((name) => [name, null]));
  return { wire: new Set(wire), camelCase: Object.keys(toCamelCase(document as never)) };
}

/** Members of an authorization server's metadata (RFC 8414 §2, OpenID Connect Discovery §3). */
const serverMembers = namesOf(
  listAuthorizationServerMetadataMembers(),
  authorizationServerMetadataToCamelCase,
);

const simplified: ReadonlySet<string> = new Set(serverMembers.camelCase.map(simplifyName));

/** Members of a protected resource's metadata (RFC 9728 §2). */
const resourceMembers = namesOf(listProtectedResourceMetadataMembers(), protectedResourceMetadataToCamelCase);

/**
 * Checks the names in an authorization server's metadata. It is a document: members of vendors are left alone, but one that
 * differs from a registered member in its case only would be mistaken for a member that has an effect.
 *
 * @throws {MCPAuthConfigError} `unknown_option`
 */
export function checkServerMembers(metadata: object, path: string): void {
  const wrong = listMisspeltMembers(metadata)[0];
  if (wrong !== undefined) throw unknownOption(wrong, serverMembers.camelCase, path);
}

/** Members that differ from a registered one in their case, or in underscores, only. */
export function listMisspeltMembers(metadata: object): readonly string[] {
  // A document that was fetched may have tens of thousands
  return listUnregistered(metadata).filter((name) => simplified.has(simplifyName(name)));
}

/** Members of vendors that are a character or two away from a registered one, which is then probably meant. */
export function listNearMisses(metadata: object): readonly (readonly [written: string, meant: string])[] {
  return listUnregistered(metadata).flatMap((name) => {
    const meant = findMeantName(name, serverMembers.camelCase, 2);
    return meant === undefined ? [] : [[name, meant] as const];
  });
}

function listUnregistered(metadata: object): readonly string[] {
  return Object.keys(metadata).filter(
    (name) => !serverMembers.camelCase.includes(name) && !name.includes('#'),
  );
}

/**
 * Checks the names in a resource's own metadata: registered members in camelCase, with a language tag where they have one
 * (`resourceName#ja`), and extension members under their exact wire name, which has an underscore or another separator.
 *
 * @throws {MCPAuthConfigError} `unknown_option`
 */
export function checkResourceMembers(metadata: object, path: string): void {
  const { wire, camelCase } = resourceMembers;
  for (const [name, value] of Object.entries(metadata)) {
    const [base = ''] = name.split('#', 1);
    const isRegistered = camelCase.includes(base) || (name !== base && wire.has(base));
    const isExtension = /[^A-Za-z0-9]/.test(base) && findMeantName(base, camelCase, 2) === undefined;
    if (value === undefined || isRegistered || isExtension) continue;
    throw unknownOption(name, camelCase, path, {
      elsewhere: {
        metadataUrl: besideMetadata('metadataUrl'),
        resourceMetadataUrl: besideMetadata('metadataUrl'),
        allowInsecureHttp: besideMetadata('allowInsecureHttp'),
        requiredScopes: 'It is an option of a route: bearerAuth(mode, { requiredScopes }).',
      },
      note: 'Members that are not registered are written under their wire name, with an underscore.',
    });
  }
}

function besideMetadata(name: string): string {
  return `It is not published, and stands next to metadata: protectedResources: { metadata, ${name} }.`;
}

/** The wire name of a resource's member that has a language tag (RFC 9728 §2.1); other names as they are. */
export function toTaggedWireName(name: string): string {
  const [base = '', ...tag] = name.split('#');
  const index = resourceMembers.camelCase.indexOf(base);
  const wire = [...resourceMembers.wire][index];
  return tag.length === 0 || wire === undefined ? name : [wire, ...tag].join('#');
}
