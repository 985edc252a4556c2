import { createContext } from 'preact';
import { useCallback, useState } from 'preact/hooks';

/** Less is over before anybody could read of it. */
const SILENT_MS = 100;

/** Follows what is read for a person, who sees meanwhile that it is. Gives what it was given. */
export type FollowReading = <Read>(reading: Promise<Read>) => Promise<Read>;

/** For views that read files, wherever they are. */
export const ReadingContext = createContext<FollowReading>((reading) => reading);

export interface ReadingState {
  readonly isReading: boolean;
  readonly follow: FollowReading;
}

/** Whether files or folders are being read. */
export function useReading(): ReadingState {
  const [count, setCount] = useState(0);
  const follow = useCallback<FollowReading>(async (reading) => {
    let isTold = false;
    const alarm = setTimeout(() => {
      isTold = true;
      setCount((count) => count + 1);
    }, SILENT_MS);
    try {
      return await reading;
    } finally {
      clearTimeout(alarm);
      if (isTold) setCount((count) => count - 1);
    }
  }, []);
  return { isReading: count > 0, follow };
}
