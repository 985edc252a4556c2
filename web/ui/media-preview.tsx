import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewContent } from '../app/app-state.ts';
import { PreviewWait } from './preview-wait.tsx';
import { PREVIEW_TEXTS } from './words/preview-texts.ts';

type Failure = 'cannot-show' | 'broken-off';

interface MediaPreviewProps {
  readonly content: Extract<PreviewContent, { readonly address: string }>;
  readonly name: string;
  readonly isPaused: boolean;
}

/** MediaError.MEDIA_ERR_NETWORK: what plays can be read no further. All else is a kind that this browser cannot play. */
const NETWORK_ERROR = 2;

/** An element that fetches the file itself, at its own pace. What fails is said in its place. */
export function MediaPreview({ content, name, isPaused }: MediaPreviewProps): JSX.Element {
  const [failure, setFailure] = useState<Failure>();
  const [isShown, setShown] = useState(false);
  const { kind, address } = content;
  if (failure !== undefined) {
    return (
      <p class="hint" role="alert">
        {describeFailure(failure, kind)}
      </p>
    );
  }
  if (kind === 'image') {
    return (
      <>
        {!isShown && <PreviewWait isPaused={isPaused} />}
        <img
          class="preview-image"
          src={address}
          alt={name}
          onLoad={() => setShown(true)}
          onError={() => setFailure('cannot-show')}
        />
      </>
    );
  }
  return (
    <>
      <Player kind={kind} address={address} name={name} onFailure={setFailure} />
      {isPaused && <PreviewWait isPaused />}
    </>
  );
}

interface PlayerProps {
  readonly kind: 'video' | 'audio';
  readonly address: string;
  readonly name: string;
  readonly onFailure: (failure: Failure) => void;
}

/** Plays at once, since Play was pressed; where the browser does not let it, its own button is there. */
function Player({ kind, address, name, onFailure }: PlayerProps): JSX.Element {
  const ref = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    const player = ref.current;
    player?.play().catch(() => undefined);
    // Without an address it lets go of what it was reading.
    return () => {
      player?.removeAttribute('src');
      player?.load();
    };
  }, []);
  const Element = kind;
  return (
    <Element
      class={`preview-${kind}`}
      ref={ref}
      src={address}
      aria-label={name}
      controls
      // The address is good for this element alone.
      controlsList="nodownload noremoteplayback"
      disableRemotePlayback
      playsInline
      onError={() =>
        onFailure(ref.current?.error?.code === NETWORK_ERROR ? 'broken-off' : 'cannot-show')
      }
    />
  );
}

function describeFailure(failure: Failure, kind: MediaPreviewProps['content']['kind']): string {
  if (failure === 'broken-off') return PREVIEW_TEXTS.brokenOff;
  return kind === 'image' ? PREVIEW_TEXTS.cannotShow : PREVIEW_TEXTS.cannotPlay;
}
