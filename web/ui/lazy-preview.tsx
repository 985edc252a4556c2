import { lazyView } from './lazy-view.tsx';

/** Nobody looks at anything before there is a share. */
export const PreviewButton = lazyView(
  async () => (await import('./preview-button.tsx')).PreviewButton,
);

export const PreviewPanel = lazyView(
  async () => (await import('./preview-panel.tsx')).PreviewPanel,
);
