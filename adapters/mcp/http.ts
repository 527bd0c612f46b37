import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Tokens } from "./tokens.js";

export interface HttpOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly tokens: Tokens;
  /** Pages of these origins may call, such as `http://localhost:6274`; others, and all others that name one, may not. */
  readonly origins: readonly string[];
  /** Makes a server for each session. */
  readonly servers: () => McpServer;
}

export interface HttpServer {
  readonly url: string;
  /** Takes nothing new, ends the sessions, and waits for what is being answered. */
  close(): Promise<void>;
}

/** Only this machine's own names reach a server of this machine: a page that has its name point here bears another. */
const HOSTS = ["127.0.0.1", "localhost", "[::1]"];
const PATH = "/mcp";
/** The one that was not used for longest goes. */
const MOST_SESSIONS = 256;

interface Session {
  readonly owner: string;
  readonly transport: StreamableHTTPServerTransport;
}

/** Serves several clients over streamable HTTP on the loopback interface, each with its token, and each with its own sessions. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const sessions = new Map<string, Session>();
  const http = createServer((request, response) => {
    answer(request, response, options, sessions).catch(() => {
      if (!response.headersSent) refuse(response, { status: 500, message: "The request could not be answered." });
      else response.destroy();
    });
  });
  await listen(http, options.port);
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    async close() {
      const closed = new Promise<void>((resolve) =>
        http.close(() => {
          resolve();
        }),
      );
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()));
      http.closeIdleConnections();
      await closed;
    },
  };
}

const listen = (http: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", () => {
      http.off("error", reject);
      resolve();
    });
  });

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { tokens, origins, servers }: HttpOptions,
  sessions: Map<string, Session>,
): Promise<void> {
  const admitted = admit(request, tokens, origins);
  if ("status" in admitted) {
    refuse(response, admitted);
    return;
  }
  const { owner } = admitted;
  const id = request.headers["mcp-session-id"];
  if (id === undefined) {
    await begin(request, response, owner, servers, sessions);
    return;
  }
  const session = sessions.get(String(id));
  // Another's session is as unknown as none: its id tells nothing.
  if (session?.owner !== owner) {
    refuse(response, { status: 404, message: "There is no such session." });
    return;
  }
  // The one that was used last stands last.
  sessions.delete(String(id));
  sessions.set(String(id), session);
  await session.transport.handleRequest(request, response);
}

interface Refusal {
  readonly status: number;
  readonly message: string;
}

function admit(
  request: IncomingMessage,
  tokens: Tokens,
  origins: readonly string[],
): Refusal | { readonly owner: string } {
  const { host, origin } = request.headers;
  if (!isOurHost(host)) return { status: 403, message: "The host of the address is not this machine." };
  if (origin !== undefined && !origins.includes(origin)) return { status: 403, message: "This origin may not call." };
  if (new URL(request.url ?? "", "http://localhost").pathname !== PATH) {
    return { status: 404, message: `Only ${PATH} is served.` };
  }
  const owner = ownerOf(request, tokens);
  return owner === undefined ? { status: 401, message: "A bearer token is needed." } : { owner };
}

/** The transport answers what is no `initialize` by itself. */
async function begin(
  request: IncomingMessage,
  response: ServerResponse,
  owner: string,
  servers: () => McpServer,
  sessions: Map<string, Session>,
): Promise<void> {
  // Clients that went away without a word leave their sessions behind.
  const [oldest] = sessions.size < MOST_SESSIONS ? [] : sessions;
  if (oldest !== undefined) {
    sessions.delete(oldest[0]);
    await oldest[1].transport.close();
  }
  const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => {
      sessions.set(id, { owner, transport });
    },
    onsessionclosed: (id) => {
      sessions.delete(id);
    },
  });
  await servers().connect(transport);
  await transport.handleRequest(request, response);
}

function isOurHost(host: string | undefined): boolean {
  try {
    return host !== undefined && HOSTS.includes(new URL(`http://${host}`).hostname);
  } catch {
    return false;
  }
}

const ownerOf = ({ headers }: IncomingMessage, tokens: Tokens): string | undefined => {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return token === undefined ? undefined : tokens.ownerOf(token);
};

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  });
  response.end(JSON.stringify({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }));
}
