import type { ComponentChild, FunctionComponent } from 'preact';
import { createElement } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { TEXTS } from './texts.ts';

/**
 * A view whose code is fetched when it is first shown: what is rarely used, or only once there is a share, does not
 * delay the page. `load` resolves to the view; where it cannot be fetched a sentence stands in its place, and the
 * next time that it is shown it is tried again.
 */
export function lazyView<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  return function LazyView(props: Props): ComponentChild {
    const [isMissing, setMissing] = useState(false);
    const [, redraw] = useState(false);
    useEffect(() => {
      if (loaded !== undefined) return;
      void load().then(
        (view) => {
          loaded = view;
          redraw(true);
        },
        () => setMissing(true),
      );
    }, []);
    if (loaded !== undefined) return createElement(loaded, props);
    return isMissing ? createElement('p', { class: 'hint' }, TEXTS.viewMissing) : null;
  };
}
