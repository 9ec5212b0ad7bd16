import { isAdministrative } from './accounts.js';

/** What a user is asked to allow, by scope. */
const words: Readonly<Record<string, string>> = {
  openid: 'know which user of this server you are',
  profile: 'see your name',
  offline_access: 'stay connected when you are not there, until it gives its access back',
  notes: 'read, write and delete your notes',
  'notes:statistics': "count everybody's notes",
  'visitors:read': 'see who has asked the server so far',
  'todo:read': 'read your to-do items',
  'todo:write': 'add, complete and delete your to-do items',
  'todo:admin': "read and change everybody's to-do items",
};

/** A scope in words for its user, and whether not everybody may allow it. */
export function describeScope(scope: string): {
  readonly words: string | undefined;
  readonly administrative: boolean;
} {
  return {
    words: Object.hasOwn(words, scope) ? words[scope] : undefined,
    administrative: isAdministrative(scope),
  };
}
