import { MCPAuthConfigError } from '../errors/config-error.js';
import { noVariables } from '../policy/policy-function.js';
import { copyOperationRequirement } from '../policy/operation-requirement.js';
import type { TargetGroup } from './methods.js';
import type { OperationRule, TargetRules } from './operation-policy.js';
import { foldCase, spell, toLooseForm } from './uri-spellings.js';
import {
  compileUriTemplate,
  isUriTemplate,
  unreadable,
  type UriTemplate,
  type Variables,
} from './uri-template.js';

/** A rule with the name under which it stands in the configuration. */
export interface NamedRule {
  readonly rule: OperationRule;
  /** Option path, for errors and advice. */
  readonly path: string;
}

/** A rule that applies to a target, with what its template's placeholders stand for. */
export interface AppliedRule extends NamedRule {
  readonly variables: Variables;
  /** Whether it stands for everything that no other rule names. */
  readonly isRemaining: boolean;
}

/** A rule that applies as a whole. */
export function apply({ rule, path }: NamedRule, isRemaining = false): AppliedRule {
  return { rule, path, variables: noVariables, isRemaining };
}

/** The rule as it is now: what somebody does to their lists later changes nothing. */
export function copyRule(rule: OperationRule): OperationRule {
  return typeof rule === 'object' ? copyOperationRequirement(rule) : rule;
}

/** Finds all rules for a target; the strictest decides. `unreadable` for one of which nobody can tell what it names. */
export type TargetLookup = (target: string) => readonly AppliedRule[] | 'unreadable';

/**
 * Compiles one group of rules.
 *
 * @throws {MCPAuthConfigError} `invalid_option` where `'*'` is missing, and for a rule that can match nothing
 */
export function compileTargets(group: TargetGroup, rules: TargetRules, path: string): TargetLookup {
  const named = new Map(
    Object.entries(rules).map(([target, rule]) => [
      target,
      { rule: copyRule(rule), path: `${path}[${JSON.stringify(target)}]` },
    ]),
  );
  const remaining = named.get('*');
  named.delete('*');
  // For callers without TypeScript
  if (remaining === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      `must say under '*' what holds for the ${group} that it does not name: scopes ([] for those of the route), or 'refuse'.`,
    );
  }
  for (const [target, { path: at }] of named) {
    if (!target.includes('*')) continue;
    const fix = group === 'resources' ? 'Use a URI template such as "files:///{+path}".' : 'Name each.';
    throw new MCPAuthConfigError(
      'invalid_option',
      at,
      `matches nothing: '*' stands alone, for all others. ${fix}`,
    );
  }
  return group === 'resources' ? compileUris(named, remaining) : compileNames(named, remaining);
}

/** Rules by name, compared as it is. */
function compileNames(named: ReadonlyMap<string, NamedRule>, remaining: NamedRule): TargetLookup {
  const applied = new Map([...named].map(([name, rule]) => [name, [apply(rule)]]));
  const others = [apply(remaining, true)];
  return (name) => applied.get(name) ?? others;
}

interface TemplateRule extends NamedRule {
  readonly template: UriTemplate;
}

/** Rules by URI or URI template. A URI wins over templates; of templates all that match count. */
function compileUris(named: ReadonlyMap<string, NamedRule>, remaining: NamedRule): TargetLookup {
  const exact = new Map<string, NamedRule>();
  const loose = new Map<string, NamedRule[]>();
  const templates: TemplateRule[] = [];
  for (const [uri, rule] of named) {
    if (isUriTemplate(uri)) {
      templates.push({ ...rule, template: compileTemplate(uri, rule.path) });
      continue;
    }
    const spellings = spell(uri);
    if (spellings === undefined) throw new MCPAuthConfigError('invalid_option', rule.path, unreadable);
    for (const spelling of spellings.exact) exact.set(spelling, rule);
    const form = toLooseForm(decodeURIComponent(uri));
    for (const key of new Set([form, foldCase(form)])) loose.set(key, [...(loose.get(key) ?? []), rule]);
  }
  const findExact = (uri: string): readonly AppliedRule[] => {
    const rule = exact.get(uri);
    if (rule !== undefined) return [apply(rule)];
    const applied = applyTemplates(templates, ({ match }) => match(uri));
    return applied.length > 0 ? applied : [apply(remaining, true)];
  };
  const findLoose = (uri: string): readonly AppliedRule[] => {
    const folded = foldCase(uri);
    const rules = loose.get(uri) ?? loose.get(folded);
    if (rules !== undefined) return rules.map((rule) => apply(rule));
    return applyTemplates(templates, ({ matchLoosely }) => matchLoosely(uri, folded));
  };
  return (uri) => {
    const spellings = spell(uri);
    if (spellings === undefined) return 'unreadable';
    return [...spellings.exact.flatMap(findExact), ...[...spellings.loose].flatMap(findLoose)];
  };
}

function applyTemplates(
  templates: readonly TemplateRule[],
  match: (template: UriTemplate) => Variables | undefined,
): readonly AppliedRule[] {
  const applied: AppliedRule[] = [];
  for (const { template, rule, path } of templates) {
    const variables = match(template);
    if (variables !== undefined) applied.push({ rule, path, variables, isRemaining: false });
  }
  return applied;
}

function compileTemplate(template: string, path: string): UriTemplate {
  const compiled = compileUriTemplate(template);
  if ('match' in compiled) return compiled;
  throw new MCPAuthConfigError('invalid_option', path, compiled.problem);
}
