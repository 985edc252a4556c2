const MAX_LENGTH = 2_048;

/**
 * The address that a text is and nothing else, written out in full as the browser reads it. Undefined for any other
 * text, and for an address that is not of the web or that pretends to be another's by a name before an @.
 */
export function findLink(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH || !/^https?:\/\/\S+$/i.test(trimmed)) return undefined;
  if (!URL.canParse(trimmed)) return undefined;
  const { href, username, password } = new URL(trimmed);
  return username === '' && password === '' ? href : undefined;
}
