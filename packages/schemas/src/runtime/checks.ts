import { isAbsoluteUrl } from './absolute-url.js';
import { isCompactJws } from './compact-jws.js';
import { MAX_ELEMENTS } from './limits.js';
import { isObject, refuse, type Check, type Report } from './report.js';

/** A required member that is absent. All other checks are called with members that are there. */
export function missing(name: string, report: Report): void {
  refuse(report, 'required', 'is required', name);
}

/** Any string. */
export function text(value: unknown, name: string, report: Report): void {
  if (typeof value !== 'string') refuse(report, 'type', 'must be a string', name);
}

/** A string of the format `absolute-url`. */
export function url(value: unknown, name: string, report: Report): void {
  if (typeof value !== 'string') text(value, name, report);
  else if (!isAbsoluteUrl(value)) refuse(report, 'format', 'must be an absolute URL', name);
}

/** A string of the format `compact-jws`. */
export function jws(value: unknown, name: string, report: Report): void {
  if (typeof value !== 'string') text(value, name, report);
  else if (!isCompactJws(value)) refuse(report, 'format', 'must be a signed JWT', name);
}

/** `true` or `false`. */
export function flag(value: unknown, name: string, report: Report): void {
  if (typeof value !== 'boolean') refuse(report, 'type', 'must be true or false', name);
}

/** How many elements to look at; none of what is refused here. Reads `length` once: a proxy may change its mind. */
function countElements(value: unknown, name: string, report: Report): number {
  if (!Array.isArray(value)) refuse(report, 'type', 'must be an array', name);
  else {
    const { length } = value;
    if (length <= MAX_ELEMENTS) return length;
    refuse(report, 'size', `has more than ${MAX_ELEMENTS} elements`, name);
  }
  return 0;
}

/** An array of strings. */
export function strings(value: unknown, name: string, report: Report): void {
  const count = countElements(value, name, report);
  for (let index = 0; index < count; index++) {
    if (typeof (value as unknown[])[index] !== 'string')
      refuse(report, 'type', 'must be a string', name, index);
  }
}

/** An object; with a check, one with known members. */
export function object(value: unknown, name: string, report: Report, check?: Check): void {
  if (!isObject(value)) refuse(report, 'type', 'must be an object', name);
  else check?.(value, { issues: report.issues, at: [...report.at, name] });
}
