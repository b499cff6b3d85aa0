/** Whether keys pressed there are text or a choice, and no shortcuts. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea');
