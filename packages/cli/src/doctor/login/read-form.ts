/** The first form of a page, as a browser without a user would send it. */
export interface PageForm {
  /** As written; relative to the page. */
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Of a page; more is not read. */
const maxCharacters = 200_000;

const refusing = /^(?:deny|cancel|reject|no|back|refuse|abort)$/i;

/**
 * Reads the first form of a page: hidden fields, values that are filled in, boxes that are ticked, and the first button that does not refuse.
 * For the pages of test issuers; what a script builds is not seen.
 */
export function readForm(html: string): PageForm | undefined {
  const form = cutForm(html.slice(0, maxCharacters));
  if (form === undefined) return undefined;
  const { head, body } = form;
  const fields: (readonly [string, string])[] = [];
  for (const [, tag = ''] of body.matchAll(/<input\b([^>]{0,2000})>/gi)) {
    const name = readAttribute(tag, 'name');
    const type = readAttribute(tag, 'type')?.toLowerCase() ?? 'text';
    if (name === undefined || type === 'submit' || type === 'button') continue;
    const isSent = type === 'checkbox' || type === 'radio' ? /\schecked\b/i.test(tag) : true;
    if (isSent) fields.push([name, readAttribute(tag, 'value') ?? '']);
  }
  const button = findButton(body);
  return {
    action: readAttribute(head, 'action') ?? '',
    method: readAttribute(head, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    fields: button === undefined ? fields : [...fields, button],
  };
}

function cutForm(html: string): { readonly head: string; readonly body: string } | undefined {
  const start = html.search(/<form[\s>]/i);
  const open = html.indexOf('>', start);
  if (start === -1 || open === -1) return undefined;
  const rest = html.slice(open + 1);
  const end = rest.search(/<\/form/i);
  return end === -1
    ? undefined
    : { head: html.slice(start + '<form'.length, open), body: rest.slice(0, end) };
}

function findButton(body: string): readonly [string, string] | undefined {
  for (const [, element = '', tag = ''] of body.matchAll(/<(button|input)\b([^>]{0,2000})>/gi)) {
    const type = readAttribute(tag, 'type')?.toLowerCase();
    // A button without a type submits
    const submits = type === 'submit' || (type === undefined && element.toLowerCase() === 'button');
    const name = readAttribute(tag, 'name');
    const value = readAttribute(tag, 'value');
    if (submits && name !== undefined && value !== undefined && !refusing.test(value)) return [name, value];
  }
  return undefined;
}

function readAttribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decodeEntities(value);
}

const named: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (entity, dec, hex, word) => {
    const name = word as string | undefined;
    if (name !== undefined) return named[name.toLowerCase()] ?? entity;
    const code = Number.parseInt((dec as string | undefined) ?? (hex as string), dec === undefined ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
