/** The section of a page that says what to do at the provider, as markup with links that work from anywhere. */
export async function loadConsoleSteps(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address);
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return readSection(page, response.url);
  } catch {
    return undefined;
  }
}

function readSection(page: Document, base: string): string | undefined {
  const heading = page.querySelector('h2#provider');
  if (heading === null) return undefined;
  const parts: Element[] = [];
  for (let next = heading.nextElementSibling; next !== null && next.tagName !== 'H2';) {
    parts.push(next);
    next = next.nextElementSibling;
  }
  for (const part of parts) {
    for (const link of part.querySelectorAll('a[href]')) {
      link.setAttribute('href', new URL(link.getAttribute('href') ?? '', base).href);
    }
    // Ids and their anchors are those of the page the section comes from
    for (const anchor of part.querySelectorAll('.header-anchor')) anchor.remove();
    part.removeAttribute('id');
    for (const named of part.querySelectorAll('[id]')) named.removeAttribute('id');
  }
  return parts.map((part) => part.outerHTML).join('');
}
