import { withBase } from 'vitepress';
import { TypeNote } from './type-note';
import { wrapNames, type NameText, type SampleTypes } from './wrap-names';
import './type-note.css';

let note: TypeNote | undefined;
let observer: IntersectionObserver | undefined;

/**
 * Lets the names of samples say what they are: to a pointer, a finger and the keyboard. What they say is loaded when a sample comes
 * near the window.
 *
 * @param label of the samples, for those who do not see that names can be chosen
 */
export function showTypes(blocks: Iterable<HTMLElement>, label: string): void {
  note ??= new TypeNote();
  note.hide();
  observer?.disconnect();
  observer = new IntersectionObserver(
    (entries, self) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        self.unobserve(target);
        void addTypes(target, label);
      }
    },
    { rootMargin: '50% 0px' },
  );
  for (const block of blocks) observer.observe(block);
}

async function addTypes(block: HTMLElement, label: string): Promise<void> {
  const pre = block.querySelector<HTMLElement>('pre');
  const id = block.dataset.types ?? '';
  if (pre === null || block.querySelector('.typed-name') !== null) return;
  const types = await load(id);
  if (types !== undefined && block.isConnected && note !== undefined)
    follow(pre, wrapNames(pre, types), note, label);
}

/** A sample whose types do not come stays as it is. */
async function load(id: string): Promise<SampleTypes | undefined> {
  try {
    const response = await fetch(withBase(`/types/${id}.json`));
    return response.ok ? ((await response.json()) as SampleTypes) : undefined;
  } catch {
    return undefined;
  }
}

function follow(
  pre: HTMLElement,
  texts: ReadonlyMap<HTMLElement, NameText>,
  shown: TypeNote,
  label: string,
): void {
  const names = [...texts.keys()];
  const nameOf = ({ target }: Event): HTMLElement | undefined => {
    const element = target instanceof Element ? target.closest<HTMLElement>('.typed-name') : null;
    return element !== null && texts.has(element) ? element : undefined;
  };
  const on = <Key extends keyof HTMLElementEventMap>(
    event: Key,
    act: (name: HTMLElement, text: NameText, event: HTMLElementEventMap[Key]) => void,
  ): void => {
    pre.addEventListener(event, (happened) => {
      const name = nameOf(happened);
      const text = name && texts.get(name);
      if (name !== undefined && text !== undefined) act(name, text, happened);
    });
  };

  // One stop of the keyboard for the whole sample, arrows within it
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', label);
  pre.tabIndex = -1;
  for (const [index, name] of names.entries()) name.tabIndex = index === 0 ? 0 : -1;

  on('pointerover', (name, text, { pointerType }) => {
    if (pointerType === 'mouse') shown.showSoon(name, text);
  });
  on('pointerout', (_name, _text, { pointerType }) => {
    if (pointerType === 'mouse') shown.hideSoon();
  });
  on('focusin', (name, text) => {
    for (const other of names) other.tabIndex = other === name ? 0 : -1;
    shown.show(name, text);
  });
  on('click', (name, text) => shown.show(name, text));
  on('focusout', () => shown.hide());
  on('keydown', (name, _text, event) => {
    const next = neighbour(names, name, event.key);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    next.focus();
  });
}

function neighbour(names: readonly HTMLElement[], name: HTMLElement, key: string): HTMLElement | undefined {
  const index = names.indexOf(name);
  switch (key) {
    case 'ArrowRight':
      return names[index + 1];
    case 'ArrowLeft':
      return names[index - 1];
    case 'Home':
      return names[0];
    case 'End':
      return names.at(-1);
    default:
      return undefined;
  }
}
