/** From then on nobody new is let in. What others have by then they keep. */
export interface CardEnd {
  /** 0 once it has ended. */
  readonly secondsLeft: number;
  readonly isOver: boolean;
}

/** When a sharer may have its share end, counted from the choice. */
export type EndChoice = 'never' | 'hour' | 'day' | 'week' | 'now';
