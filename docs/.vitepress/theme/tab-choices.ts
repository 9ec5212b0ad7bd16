import type { Router } from 'vitepress';
import { nextTick } from 'vue';

const key = 'mcp-auth:tabs';

/** Families of labels of which a reader has one. */
const families: readonly (readonly string[])[] = [
  ['Express', 'Hono', 'Fastify', 'fetch'],
  ['npm', 'pnpm', 'yarn', 'bun'],
  ['TypeScript', 'JavaScript'],
];

/** Keeps the reader's framework and package manager across code groups and pages. Without a script tabs still work alone. */
export function keepTabChoices(router: Router): void {
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.closest('.vp-code-group .tabs') === null) return;
    const label = labelOf(target);
    if (familyOf(label) === undefined) return;
    const top = target.getBoundingClientRect().top;
    remember(label);
    applyChoices();
    // Groups above may have changed their height
    window.scrollBy(0, target.getBoundingClientRect().top - top);
  });
  const before = router.onAfterRouteChange;
  router.onAfterRouteChange = async (to) => {
    await before?.(to);
    await nextTick();
    applyChoices();
  };
  applyChoices();
}

function applyChoices(): void {
  const choices = readChoices();
  for (const group of document.querySelectorAll('.vp-code-group')) {
    const inputs = [...group.querySelectorAll<HTMLInputElement>(':scope > .tabs input')];
    const index = inputs.findIndex((input) => choices.includes(labelOf(input)));
    if (index === -1 || inputs[index]?.checked === true) continue;
    for (const [position, input] of inputs.entries()) input.checked = position === index;
    const blocks = [...(group.querySelector(':scope > .blocks')?.children ?? [])];
    for (const [position, block] of blocks.entries()) block.classList.toggle('active', position === index);
  }
}

function labelOf(input: HTMLInputElement): string {
  return input.labels?.[0]?.textContent.trim() ?? '';
}

function familyOf(label: string): readonly string[] | undefined {
  return families.find((family) => family.includes(label));
}

function remember(label: string): void {
  const others = readChoices().filter((choice) => familyOf(choice) !== familyOf(label));
  try {
    localStorage.setItem(key, JSON.stringify([...others, label]));
  } catch {
    // A browser that stores nothing keeps the choice for this group only
  }
}

function readChoices(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((label): label is string => typeof label === 'string') : [];
  } catch {
    return [];
  }
}
