/** Follows what is read for a person, who sees meanwhile that it is. Gives what it was given. */
export type FollowReading = <Read>(reading: Promise<Read>) => Promise<Read>;
