import { createContext } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { FollowReading } from '../app/app-state.ts';

/** Less is over before anybody could read of it. */
const SILENT_MS = 100;

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
