/**
 * Whether a text has the shape of a file ID or of a link ending in one, by length and alphabet alone.
 * Only to guess what a paste means; whether it is a valid one is for the app to say.
 */
export function looksLikeLink(text: string): boolean {
  return /^(https?:\/\/\S*#)?1[\w-]{43}$/.test(text.trim());
}
