/** Ends that are remembered, of shares with peers and without. About 30 MB. */
export const MAX_ENDS = 65_536;
/** Ends that one address may bring a minute: each costs two signature checks, and one in the room above. */
export const ENDS_PER_MINUTE = 240;
