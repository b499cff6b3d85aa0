/** Elements from code: text stays text, attributes are set one by one. */

export type Child = Node | string;
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** @param attributes `true` sets one without a value, `false` leaves it out */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

/** An element of an SVG drawing. */
export function shape<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<Kind extends Element>(
  target: Kind,
  attributes: Attributes,
  children: readonly Child[],
): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) target.setAttribute(name, value === true ? '' : String(value));
  }
  target.append(...children);
  return target;
}

/** What the page holds as JSON under an id. */
export function readJson<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T;
}

/** A control with its name above it. */
export function named(name: string, control: HTMLElement): HTMLElement {
  control.id ||= `control-${++controls}`;
  return element('div', { class: 'choice' }, element('label', { for: control.id }, name), control);
}

let controls = 0;

export function chooser(
  options: readonly { readonly value: string; readonly title: string }[],
  onChange: (value: string) => void,
): HTMLSelectElement {
  const select = element(
    'select',
    {},
    ...options.map(({ value, title }) => element('option', { value }, title)),
  );
  select.addEventListener('change', () => onChange(select.value));
  return select;
}
