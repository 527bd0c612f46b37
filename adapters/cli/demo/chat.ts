/** The chat of the demo world that everything happens in. */
export const CHAT = "@tidewater_lab";
