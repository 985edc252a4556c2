/** Reaches the other tabs of this browser that opened a channel of the same name, and no other site. */
export interface TabChannel<Message> {
  /** Anything that structured cloning copies, files included. */
  post: (message: Message) => void;
  close: () => void;
}

/** Names that this tab keeps over its reloads, and no other tab sees. */
export interface TabMemory {
  has: (name: string) => boolean;
  add: (name: string) => void;
  delete: (name: string) => void;
  keys: () => Iterable<string>;
}
