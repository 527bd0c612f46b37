export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** The present of the demo world: a Monday morning. In seconds, like everything here. */
export const NOW = Date.UTC(2025, 5, 16, 9, 30) / 1000;
