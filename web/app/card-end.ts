/** From then on nobody new is let in. What others have by then they keep. */
export interface CardEnd {
  /** 0 once it has ended. */
  readonly secondsLeft: number;
  readonly isOver: boolean;
}

/** When a sharer may have its share end, counted from the choice. */
export type EndTime = 'never' | 'hour' | 'day' | 'week' | 'now';

/** After how many downloads it may. */
export const LIMIT_CHOICES = [1, 5, 20] as const;
export type LimitChoice = (typeof LIMIT_CHOICES)[number];

/** Both can be chosen: what comes first ends the share. */
export type EndChoice = EndTime | { readonly downloads: LimitChoice | undefined };

/** The share ends when `count` is `limit`. Counted since that was chosen, as far as the sharer's tab saw it. */
export interface CardDownloads {
  readonly count: number;
  readonly limit: LimitChoice;
}
