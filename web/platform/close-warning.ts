/** Listens only while it is wanted: a page that might ask is not kept for the way back. */
export function warnBeforeClosing(isWanted: boolean): void {
  if (isWanted) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}

/** Browsers ask in words of their own, and only where the person has done something on the page. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
