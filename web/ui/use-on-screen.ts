import { useEffect, useState } from 'preact/hooks';

/** Whether a person could see the element: it is in the window, and the page is not hidden. */
export function useOnScreen(ref: { readonly current: HTMLElement | null }): boolean {
  const [isInWindow, setInWindow] = useState(false);
  const [isPageVisible, setPageVisible] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) =>
      setInWindow(entries.at(-1)?.isIntersecting === true),
    );
    observer.observe(element);
    const look = (): void => setPageVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [ref]);
  return isInWindow && isPageVisible;
}
