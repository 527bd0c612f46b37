/** The clients of the tests that measure the sandbox, too. */
export { gramJsClient } from "../test/sandbox/gramjs-client.ts";
export { rsaPad, shake } from "../test/sandbox/handshake-client.ts";
export { initialising, RawClient } from "../test/sandbox/raw-client.ts";
