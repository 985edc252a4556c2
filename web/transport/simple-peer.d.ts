/** The few members of simple-peer 9 that are used here; its own types would bring Node's into the page. */
declare module 'simple-peer' {
  interface SimplePeerOptions {
    initiator: boolean;
    trickle: boolean;
    config: RTCConfiguration;
    channelConfig: RTCDataChannelInit;
    wrtc: {
      RTCPeerConnection: typeof RTCPeerConnection;
      RTCSessionDescription: typeof RTCSessionDescription;
      RTCIceCandidate: typeof RTCIceCandidate;
    };
  }

  export default class SimplePeer {
    constructor(options: SimplePeerOptions);
    readonly destroyed: boolean;
    on(event: 'signal', listener: (data: unknown) => void): this;
    on(event: 'error' | 'close', listener: () => void): this;
    signal(data: unknown): void;
    destroy(): void;
  }
}
