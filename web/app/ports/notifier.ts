/** Reaches a person who looks elsewhere. */
export interface Notifier {
  /** What the browser says to it; undefined where it has no such thing. */
  readonly permission: () => NotificationPermission | undefined;
  /** Asks the person, from within a click. Resolves when there is an answer. */
  readonly ask: () => Promise<void>;
}
