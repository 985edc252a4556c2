import type { Views } from '../app/ports/views.ts';
import { createBrowserViewPage } from './browser-view-page.ts';
import { WorkerViews } from './worker-views.ts';

let views: Views | undefined;

/** The page's views, the same for whoever asks. */
export function openViews(): Views {
  views ??= new WorkerViews(createBrowserViewPage());
  return views;
}
