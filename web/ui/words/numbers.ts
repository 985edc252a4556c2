const formats = new Map<string, Intl.NumberFormat>();

/** A number as a language writes it. Formats are kept: to make one takes longer than to draw a card. */
export function writeNumber(
  language: string,
  value: number,
  options: Intl.NumberFormatOptions = {},
): string {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, options);
    formats.set(key, format);
  }
  return format.format(value);
}
