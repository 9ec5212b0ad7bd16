/** Leads on whoever comes by an address from before a section moved to another page. */
export function followMovedSection(
  moved: Readonly<Record<string, string>> | undefined,
  toPage: (target: string) => string,
): void {
  const anchor = location.hash.slice(1);
  if (moved === undefined || !Object.hasOwn(moved, anchor) || document.getElementById(anchor) !== null)
    return;
  location.replace(toPage(`${moved[anchor]}#${anchor}`));
}
