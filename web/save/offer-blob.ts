/** Long enough for every browser to have begun reading, and a Blob is only memory until then. */
const REVOKE_AFTER_MS = 60_000;

/** The browser's own download of a Blob. Only ever offered, never opened: a blob: address has this page's origin. */
export function offerBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
