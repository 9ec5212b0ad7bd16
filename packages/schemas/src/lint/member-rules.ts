import { camelCase } from '../runtime/key-map.js';
import type { Inspection } from './inspection.js';
import { isLanguageTag } from './language-tag.js';
import { requirement, type Subject } from './requirement.js';

/** Which members are there: recommended ones, unknown ones, language-tagged ones. */
export function lintMembers(look: Inspection, subject: Subject): void {
  const { rules } = subject;
  for (const name of rules.recommended) {
    if (look.has(name)) continue;
    const rule = requirement.recommended(subject, name);
    look.add(
      'member-recommended',
      'info',
      name,
      rule,
      'The member is recommended and absent.',
      'Publish it.',
    );
  }
  const known = new Set(rules.members);
  const twins = new Map(rules.members.map((name) => [camelCase(name), name]));
  for (const name of Object.keys(look.document)) {
    if (known.has(name)) continue;
    const hash = name.indexOf('#');
    if (hash > 0) lintTagged(look, subject, name, name.slice(0, hash), name.slice(hash + 1));
    else lintUnknown(look, subject, name, twins.get(name));
  }
}

function lintUnknown(look: Inspection, subject: Subject, name: string, twin: string | undefined): void {
  const rule = requirement.unregistered(subject);
  if (twin !== undefined) {
    look.add(
      'camel-case-twin',
      'warning',
      name,
      rule,
      `The name is the camelCase form of ${twin}: nobody reads it, and it is left out when the document is renamed.`,
      look.has(twin) ? 'Drop it; the member under its registered name counts.' : `Call it ${twin}.`,
    );
    return;
  }
  if (look.document[name] === null) {
    const message = 'The member is null, which says nothing.';
    look.add(
      'member-null',
      'warning',
      name,
      requirement.emptyArray(subject),
      message,
      'Leave the member out.',
    );
  }
  const fix = 'Check the spelling if it was meant for everybody; a private extension needs no change.';
  look.add(
    'member-unregistered',
    'info',
    name,
    rule,
    'The member is not registered; consumers ignore it.',
    fix,
  );
}

function lintTagged(look: Inspection, subject: Subject, name: string, base: string, tag: string): void {
  const rule = 'RFC9728-2.1-01';
  if (!subject.rules.tagged.includes(base)) {
    const message = 'No language-tagged variants are defined for this member.';
    look.add('language-tag-undefined', 'warning', name, rule, message, 'Publish the member without a tag.');
    return;
  }
  if (!isLanguageTag(tag)) {
    const message = 'What follows the hash sign is not a language tag.';
    look.add(
      'language-tag-invalid',
      'error',
      name,
      rule,
      message,
      'Use a BCP 47 tag, such as `de` or `zh-Hant`.',
    );
  }
  if (!look.has(base)) {
    const message = 'The member exists with a language tag only.';
    look.add('language-tag-alone', 'warning', name, rule, message, `Publish ${base} without a tag as well.`);
  }
}
