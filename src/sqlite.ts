/**
 * The store that several processes of one host share. Loaded only when it is used.
 *
 * @module tg-guarded/sqlite
 */
export { sqliteStore, type SqliteStoreOptions } from "./stores/sqlite.js";
