import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { parseArgs } from "node:util";
import type { ClientOptions, SessionPlane } from "tg-guarded";
import type { ServerContext } from "./context.js";
import { envContext } from "./env-context.js";
import { logEvents } from "./log.js";
import { runHttp } from "./run-http.js";
import { print, settled, stop } from "./standard-output.js";
import { serveStdio } from "./stdio.js";
import { version } from "./version.js";

export interface ServerProgram {
  /** The command. */
  readonly name: string;
  /** In a sentence. */
  readonly about: string;
  readonly plane: SessionPlane;
  readonly overrides: () => Partial<ClientOptions> | Promise<Partial<ClientOptions>>;
  readonly servers: (
    context: ServerContext,
    options: { readonly version: string; readonly name: string; readonly mayElicit: boolean },
  ) => () => McpServer;
}

/** Runs one of the two servers as a program: over its standard streams or HTTP, with the TG_* variables. */
export async function runServer({ name, about, plane, overrides, servers }: ServerProgram): Promise<void> {
  const options = optionsOf(name);
  if (options.help) {
    print(helpOf(name, about));
    return;
  }
  if (options.version) {
    print(`${version()}\n`);
    return;
  }
  if (options.account !== undefined) process.env["TG_ACCOUNT"] = options.account;
  const context = envContext({ plane, envFile: options["env-file"], overrides });
  const shownName = process.env["TG_MCP_SERVER_NAME"] ?? name;
  const overHttp = options.http !== undefined;
  logEvents();
  // Whoever is at the other end of a socket is not known to sit before a screen.
  const factory = servers(context, { version: version(), name: shownName, mayElicit: !overHttp });
  const close = () => context.close();
  if (overHttp) {
    await context.look();
    await runHttp(options, factory, close);
  } else {
    settled.then(() => context.look()).catch(stop);
    await serveStdio(factory(), close);
  }
}

function optionsOf(name: string) {
  try {
    const { values } = parseArgs({
      options: {
        "env-file": { type: "string" },
        account: { type: "string" },
        http: { type: "string" },
        "tokens-file": { type: "string" },
        "allow-origin": { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n${name} --help tells the options.\n`,
    );
    process.exit(2);
  }
}

const helpOf = (name: string, about: string): string => `Usage: ${name} [options]

${about}
Programs for agents start it and speak MCP with it over its standard streams.

  --env-file <file>   read TG_* variables from this file (also TG_ENV_FILE)
  --account <name>    an account of the configuration file (also TG_ACCOUNT)
  --http <port>       serve several clients over streamable HTTP on 127.0.0.1 instead; 0 takes a free port
  --tokens-file <file>  their bearer tokens; made with one when missing, for its owner alone
  --allow-origin <origin>  let pages of this origin call; repeatable
  --version
  --help

tg-guarded doctor tells whether everything is as it should be.
`;
