/** The call made on a DataTransfer that carries no files. */
export interface TextTransfer {
  getData: (type: string) => string;
}

/** What was dropped as a text: the addresses of links, or else its words. Empty where it has neither. */
export function readDroppedText(transfer: TextTransfer): string {
  return readAddresses(transfer.getData('text/uri-list')) || transfer.getData('text/plain');
}

/** A line each; those that begin with # are comments (RFC 2483). */
function readAddresses(list: string): string {
  const lines = list.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n');
}
