/** How long others may take, in milliseconds. */
export interface TrackerTimeouts {
  /** For a request's headers, counted from the connection or from the request before. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** For another request on the same connection. */
  readonly keepAliveMs: number;
  /** Without a byte in either direction. Websockets have their heartbeat instead. */
  readonly idleMs: number;
  /** How often late requests are looked for; so much later each of them may be closed. */
  readonly checkMs: number;
  /** From the websocket to Socket.IO's join. */
  readonly joinMs: number;
  /** For the binary fields of a message, from its text. */
  readonly messageMs: number;
  /** From one heartbeat to the next. */
  readonly heartbeatMs: number;
  /** For the answer to a heartbeat, which cannot come while a frame or a fragmented message is under way. */
  readonly heartbeatAnswerMs: number;
}

export const TRACKER_TIMEOUTS: TrackerTimeouts = {
  headersMs: 10_000,
  requestMs: 12_000,
  keepAliveMs: 5000,
  idleMs: 15_000,
  checkMs: 2000,
  joinMs: 10_000,
  messageMs: 10_000,
  heartbeatMs: 25_000,
  heartbeatAnswerMs: 20_000,
};
