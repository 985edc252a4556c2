/** A page as a service worker knows it. */
export interface NoticedPage {
  readonly focus: () => Promise<unknown>;
}

export interface NoticeSurroundings {
  /** The page's open windows, the one that was last in use first. */
  readonly listPages: () => Promise<readonly NoticedPage[]>;
  readonly openPage: () => Promise<unknown>;
}

/** Where the worker has shown a notification, pressing it brings the page forward, or opens it anew. */
export async function handleNoticePress({
  listPages,
  openPage,
}: NoticeSurroundings): Promise<void> {
  const [page] = await listPages();
  // A page may be gone by then.
  const isShown = await page?.focus().then(
    () => true,
    () => false,
  );
  if (isShown !== true) await openPage();
}
