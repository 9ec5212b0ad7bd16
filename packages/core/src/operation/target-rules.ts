import { MCPAuthConfigError } from '../errors/config-error.js';
import type { OperationRule, TargetRules } from './operation-rules.js';
import { compileUriTemplate, isUriTemplate, type UriMatcher } from './uri-template.js';

/** A rule that applies to a target, with what its template's placeholders stand for. */
export interface AppliedRule {
  readonly rule: OperationRule;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Finds the rules for a target, a list for each way to spell it. All that are found count, so that the strictest decides.
 */
export type TargetLookup = (target: string) => readonly (readonly AppliedRule[])[];

/** Rules by name, compared as it is. */
export function compileNames(rules: TargetRules | undefined): TargetLookup {
  const exact = new Map(Object.entries(rules ?? {}));
  return (name) => [toApplied((name === '*' ? undefined : exact.get(name)) ?? exact.get('*'))];
}

/**
 * Rules by URI or URI template. A URI wins over templates.
 *
 * Servers compare what a URL parser makes of a URI, so a URI is judged as written and as parsed; where the two differ, the
 * rules of both apply.
 *
 * @throws {MCPAuthConfigError} `invalid_option` for a template that cannot be matched exactly
 */
export function compileUris(rules: TargetRules | undefined, path: string): TargetLookup {
  const entries = Object.entries(rules ?? {}).filter(([target]) => target !== '*');
  const exact = new Map<string, OperationRule>();
  const templates: { readonly rule: OperationRule; readonly match: UriMatcher }[] = [];
  for (const [target, rule] of entries) {
    if (isUriTemplate(target) || /[{}]/.test(target)) templates.push({ rule, match: compile(target, path) });
    else for (const spelling of spellingsOf(target)) exact.set(spelling, rule);
  }
  const find = (uri: string): readonly AppliedRule[] => {
    const rule = exact.get(uri);
    if (rule !== undefined) return toApplied(rule);
    const applied = templates.flatMap((template) => {
      const variables = template.match(uri);
      return variables === undefined ? [] : [{ rule: template.rule, variables }];
    });
    return applied.length > 0 ? applied : toApplied(rules?.['*']);
  };
  return (uri) => spellingsOf(uri).map(find);
}

function compile(template: string, path: string): UriMatcher {
  const matcher = compileUriTemplate(template);
  if (typeof matcher === 'function') return matcher;
  throw new MCPAuthConfigError('invalid_option', `${path}[${JSON.stringify(template)}]`, matcher.problem);
}

function spellingsOf(uri: string): readonly string[] {
  try {
    const { href } = new URL(uri);
    return href === uri ? [uri] : [uri, href];
  } catch {
    return [uri];
  }
}

function toApplied(rule: OperationRule | undefined): readonly AppliedRule[] {
  return rule === undefined ? [] : [{ rule, variables: {} }];
}
