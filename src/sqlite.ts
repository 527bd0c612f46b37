/**
 * The store that several processes of one host share. Loaded only when it is used.
 *
 * @packageDocumentation
 */
export { sqliteStore, type SqliteStoreOptions } from "./stores/sqlite.js";
