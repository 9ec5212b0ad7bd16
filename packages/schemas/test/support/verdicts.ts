import type { ErrorObject } from 'ajv';
import type * as z from 'zod';
import { MAX_ISSUES } from '../../src/runtime/limits.js';
import type { Issue } from '../../src/index.js';

/** Issues of any validator in one comparable form: sorted `code /json/pointer`. */
export type Verdict = readonly string[];

const pointer = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const verdict = (lines: readonly string[]): Verdict => [...new Set(lines)].sort();

export const ours = (issues: readonly Issue[]): Verdict =>
  verdict(issues.map(({ code, path }) => `${code} ${pointer(path)}`));

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], input);

/** What zod, the oracle, says. Only its own issue codes are translated; verdict and paths are its own. */
export function zods(schema: z.ZodType, input: unknown): Verdict {
  const result = schema.safeParse(input);
  if (result.success) return [];
  return verdict(result.error.issues.flatMap((issue) => translate(input, issue)));
}

function translate(input: unknown, issue: z.core.$ZodIssue): readonly string[] {
  const at = pointer(issue.path);
  const isMissing = typeof issue.path.at(-1) === 'string' && valueAt(input, issue.path) === undefined;
  if (isMissing) return [`required ${at}`];
  switch (issue.code) {
    case 'invalid_type':
      return [`type ${at}`];
    case 'custom':
      return [`format ${at}`];
    case 'too_big':
      return [`size ${at}`];
    case 'invalid_value':
      return [`value ${at}`];
    case 'invalid_union': {
      // A union reports every option; the one that got furthest is the one that was meant.
      const options = issue.errors.map((errors) =>
        errors.flatMap((inner) => translate(input, { ...inner, path: [...issue.path, ...inner.path] })),
      );
      const deeper = options.filter((lines) => lines.every((line) => line !== `type ${at}`));
      return deeper[0] ?? options[0] ?? [];
    }
    default:
      throw new TypeError(`unexpected zod issue ${issue.code}`);
  }
}

/** What ajv says of a JSON Schema, with all errors on. Elements of an array that is too long do not count. */
export function ajvs(errors: readonly ErrorObject[]): Verdict {
  const lines = errors.map(({ keyword, instancePath, params }) => {
    switch (keyword) {
      case 'required':
        return `required ${instancePath}${pointer([(params as { missingProperty: string }).missingProperty])}`;
      case 'type':
        return `type ${instancePath}`;
      case 'pattern':
      case 'format':
        return `format ${instancePath}`;
      case 'maxItems':
        return `size ${instancePath}`;
      case 'const':
        return `value ${instancePath}`;
      default:
        throw new TypeError(`unexpected keyword ${keyword}`);
    }
  });
  const tooLong = lines.filter((line) => line.startsWith('size ')).map((line) => `${line.slice(5)}/`);
  return verdict(
    lines.filter((line) => !tooLong.some((start) => line.slice(line.indexOf(' ') + 1).startsWith(start))),
  );
}

/** Whether two verdicts agree, one of them possibly cut off at the limit of reported issues. */
export function agree(cut: Verdict, full: Verdict): boolean {
  if (cut.length < MAX_ISSUES) return cut.join('\n') === full.join('\n');
  return cut.length === MAX_ISSUES && cut.every((line) => full.includes(line));
}
