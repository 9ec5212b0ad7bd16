import type { NameText } from './wrap-names';

const edge = 8;

/** The one note that says what a name is; it lies over the page and moves nothing in it. */
export class TypeNote {
  readonly #element = document.createElement('div');
  #name: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    // Types and doc comments are English in every language
    Object.assign(this.#element, { id: 'type-note', className: 'type-note', lang: 'en', hidden: true });
    this.#element.setAttribute('role', 'tooltip');
    // Whoever moves onto the note may read it, and copy from it
    this.#element.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    this.#element.addEventListener('pointerleave', () => this.hideSoon());
    document.body.append(this.#element);
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.hide();
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.#element.contains(target)) this.hide();
    });
  }

  /** After a moment, so that a pointer that passes by opens nothing. */
  showSoon(name: HTMLElement, text: NameText): void {
    this.#later(() => this.show(name, text));
  }

  hideSoon(): void {
    this.#later(() => this.hide());
  }

  show(name: HTMLElement, [signature, documentation]: NameText): void {
    this.hide();
    this.#name = name;
    name.setAttribute('aria-describedby', this.#element.id);
    const type = document.createElement('code');
    type.textContent = signature;
    this.#element.replaceChildren(type, ...(documentation === '' ? [] : [createSentence(documentation)]));
    this.#element.hidden = false;
    this.#place(name);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#name?.removeAttribute('aria-describedby');
    this.#name = undefined;
    this.#element.hidden = true;
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, 150);
  }

  /** Under the name, or over it where there is no room; never behind an edge of the window. */
  #place(name: HTMLElement): void {
    const { style, offsetWidth, offsetHeight } = this.#element;
    const [box] = name.getClientRects();
    if (box === undefined) return;
    const room = document.documentElement.clientWidth - offsetWidth - edge;
    const isOver = box.bottom + offsetHeight + edge > window.innerHeight && box.top > offsetHeight + edge;
    const top = isOver ? box.top - offsetHeight - 4 : box.bottom + 4;
    style.left = `${Math.max(edge, Math.min(box.left, room)) + window.scrollX}px`;
    style.top = `${top + window.scrollY}px`;
  }
}

/** What stands between backticks is code. */
function createSentence(text: string): HTMLElement {
  const sentence = document.createElement('p');
  for (const [index, part] of text.split('`').entries()) {
    const element = document.createElement(index % 2 === 1 ? 'code' : 'span');
    element.textContent = part;
    sentence.append(element);
  }
  return sentence;
}
