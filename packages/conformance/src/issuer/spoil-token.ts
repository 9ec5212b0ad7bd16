import type { TokenSpoiling } from '../token-recipe.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Spoils a finished token in one way. */
export function spoilToken(token: string, spoiling: TokenSpoiling | undefined): string {
  const [header = '', claims = '', signature = ''] = token.split('.');
  switch (spoiling) {
    case undefined:
    case 'hmac-with-public-key':
      return token;
    case 'flip-signature':
      return [header, claims, flip(signature)].join('.');
    case 'swap-claims':
      return [header, raiseScopes(claims), signature].join('.');
    case 'empty-signature':
      return `${header}.${claims}.`;
    case 'two-segments':
      return `${header}.${claims}`;
    case 'four-segments':
      return `${token}.${signature}`;
    case 'five-segments':
      return [encodeJson({ alg: 'RSA-OAEP', enc: 'A256GCM' }), claims, signature, claims, signature].join(
        '.',
      );
    case 'padding':
      return `${token}==`;
    case 'unused-bits':
      return [header, claims, setUnusedBit(signature)].join('.');
    case 'nest-unsigned':
      return `${encodeJson({ alg: 'none', cty: 'JWT', typ: 'at+jwt' })}.${Buffer.from(token).toString('base64url')}.`;
  }
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function flip(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 0x01, bytes.length - 1);
  return bytes.toString('base64url');
}

function raiseScopes(claims: string): string {
  const parsed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  return encodeJson({ ...parsed, scope: 'notes:read notes:write admin' });
}

/** The 64 bytes of an ES256 signature leave four bits of the last character without meaning. */
function setUnusedBit(signature: string): string {
  const last = alphabet.indexOf(signature.slice(-1));
  return signature.slice(0, -1) + alphabet.charAt(last | 1);
}
