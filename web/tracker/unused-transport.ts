/** Stands in for the Engine.IO transports that the tracker does not offer, so that the page need not carry them. */
export const XHR = undefined;
export const Fetch = undefined;
export const WT = undefined;
