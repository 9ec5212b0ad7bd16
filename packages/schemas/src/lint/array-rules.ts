import type { Inspection } from './inspection.js';
import { clientAuthenticationMethods, isSymmetric, jwsAlgorithms, pkceMethods } from './registries.js';
import { requirement, type Subject } from './requirement.js';
import { isLanguageTag } from './language-tag.js';

/** What the arrays of a document hold, must hold and must not hold. */
export function lintArrays(look: Inspection, subject: Subject): void {
  lintLengths(look, subject);
  lintAlgorithms(look, subject);
  lintValues(look, subject);
  lintRegistries(look, subject);
}

function lintLengths(look: Inspection, subject: Subject): void {
  for (const name of subject.rules.notEmpty) {
    if (look.strings(name)?.length !== 0) continue;
    look.add(
      'empty-array',
      'error',
      name,
      requirement.emptyArray(subject),
      'The array is empty, which the standard does not allow.',
      'Leave the member out.',
    );
  }
}

function lintAlgorithms(look: Inspection, subject: Subject): void {
  const { noNone, asymmetricOnly } = subject.rules;
  for (const name of new Set([...noNone, ...asymmetricOnly])) {
    look.strings(name)?.forEach((algorithm, index) => {
      const rule = requirement.algorithms(subject, name);
      if (algorithm === 'none') {
        look.add(
          'alg-none',
          'error',
          [name, index],
          rule,
          '`none` is not a signature.',
          'Take `none` off the list.',
        );
      } else if (asymmetricOnly.includes(name) && isSymmetric(algorithm)) {
        const message = 'The algorithm is symmetric; only asymmetric ones can be used here.';
        look.add('alg-symmetric', 'error', [name, index], rule, message, 'Take it off the list.');
      }
    });
  }
}

function lintValues(look: Inspection, subject: Subject): void {
  const { only, mustHold, shouldHold } = subject.rules;
  for (const [name, values] of Object.entries(only)) {
    look.strings(name)?.forEach((value, index) => {
      if (values.includes(value)) return;
      const fix = `Use ${values.join(', ')} only.`;
      const rule = requirement.values(subject, name);
      look.add(
        'value-undefined',
        'error',
        [name, index],
        rule,
        'The value is not one that is defined here.',
        fix,
      );
    });
  }
  for (const [severity, held] of [['error', mustHold] as const, ['warning', shouldHold] as const]) {
    for (const [name, values] of Object.entries(held)) {
      const list = look.strings(name);
      for (const value of list ? values.filter((value) => !list.includes(value)) : []) {
        const rule = requirement.heldValues(subject, name);
        look.add(
          'value-missing',
          severity,
          name,
          rule,
          `The list lacks ${value}.`,
          `Support and list ${value}.`,
        );
      }
    }
  }
}

function lintRegistries(look: Inspection, subject: Subject): void {
  const { rules } = subject;
  const registries: [readonly string[], (value: string) => boolean, string][] = [
    [rules.jwsAlgorithms, (value) => jwsAlgorithms.has(value), 'signature algorithms (JOSE)'],
    [['code_challenge_methods_supported'], (value) => pkceMethods.has(value), 'PKCE code challenge methods'],
    [
      ['token_endpoint_auth_methods_supported', 'revocation_endpoint_auth_methods_supported'],
      (value) => clientAuthenticationMethods.has(value),
      'token endpoint authentication methods',
    ],
  ];
  for (const [names, isRegistered, registry] of registries) {
    for (const name of names) {
      look.strings(name)?.forEach((value, index) => {
        if (isRegistered(value)) return;
        const message = `The value is not in the registry of ${registry}.`;
        const fix = 'Check the spelling; a private value is understood by nobody else.';
        look.add(
          'value-unregistered',
          'info',
          [name, index],
          requirement.algorithms(subject, name),
          message,
          fix,
        );
      });
    }
  }
  for (const name of rules.languageTags) {
    look.strings(name)?.forEach((value, index) => {
      if (isLanguageTag(value)) return;
      const rule = requirement.values(subject, name);
      look.add(
        'language-tag-invalid',
        'warning',
        [name, index],
        rule,
        'Not a language tag.',
        'Use BCP 47 tags.',
      );
    });
  }
}
