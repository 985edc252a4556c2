import type { FileHandles } from '../app/app-state.ts';
import type { Arrivals } from '../app/ports/arrivals.ts';
import { takeHandedOver } from './take-handed-over.ts';

interface LaunchWindow {
  readonly launchQueue?: {
    readonly setConsumer: (consume: (launch: { readonly files?: FileHandles }) => void) => void;
  };
}

/** Not `fullscreen`, in which a tab may be as well. */
const INSTALLED = '(display-mode: standalone), (display-mode: minimal-ui)';

export const systemArrivals: Arrivals = {
  takeHandedOver: () => takeHandedOver(caches, () => Date.now()).catch(() => undefined),
  onOpened(callback) {
    const { launchQueue }: Window & LaunchWindow = window;
    launchQueue?.setConsumer(({ files = [] }) => {
      if (files.length > 0) callback(files);
    });
  },
  isInstalled: () => matchMedia(INSTALLED).matches,
};
