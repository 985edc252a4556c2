import { useCallback, useState } from 'preact/hooks';

export interface Announcements {
  /** For one live region of the page. */
  readonly announcement: string;
  readonly announce: (sentence: string) => void;
}

export function useAnnouncement(): Announcements {
  const [announcement, setAnnouncement] = useState('');
  const announce = useCallback((sentence: string) => {
    // The same sentence again is news only if the text changes: a no-break space at the end is unheard.
    setAnnouncement((last) => (last === sentence ? `${sentence}\u00A0` : sentence));
  }, []);
  return { announcement, announce };
}
