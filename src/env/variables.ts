/** A variable that a user may set: in the environment, in an `--env-file`, or in the configuration file. */
export interface Variable {
  readonly name: string;
  /** In plain words, with the unit. */
  readonly about: string;
  /** What holds without it, as one would write it. */
  readonly default?: string;
  /** The same in words, where it depends on something. */
  readonly otherwise?: string;
  /** How it looks, where there is no default to show. */
  readonly example?: string;
  readonly isSecret?: true;
}

export interface VariableGroup {
  readonly title: string;
  readonly variables: readonly Variable[];
}

/** Every variable that is read anywhere, in the order in which a newcomer needs them. */
export const VARIABLE_GROUPS: readonly VariableGroup[] = [
  {
    title: "The application's credentials, from https://my.telegram.org",
    variables: [
      { name: "TG_API_ID", about: "The application's number.", example: "12345" },
      { name: "TG_API_HASH", about: "The application's hash.", isSecret: true },
      { name: "TG_SECRET_PROVIDER", about: "Where the two come from: env, keychain or command.", default: "env" },
      { name: "TG_USE_KEYCHAIN", about: "1: the older way to say TG_SECRET_PROVIDER=keychain.", default: "0" },
      { name: "TG_KEYCHAIN_SERVICE", about: "The service they stand under in the key ring.", default: "tg-mcp" },
      { name: "TG_KEYCHAIN_ACCOUNT_API_ID", about: "The entry of the number.", default: "TG_API_ID" },
      { name: "TG_KEYCHAIN_ACCOUNT_API_HASH", about: "The entry of the hash.", default: "TG_API_HASH" },
      {
        name: "TG_SECRET_CMD_API_ID",
        about: "A command that prints the number; no shell.",
        example: "op read op://tg/id",
      },
      {
        name: "TG_SECRET_CMD_API_HASH",
        about: "A command that prints the hash; no shell.",
        example: "op read op://tg/hash",
      },
    ],
  },
  {
    title: "Sessions",
    variables: [
      { name: "SESSION_NAME", about: "The session to use, by its name.", example: "work" },
      {
        name: "TG_SESSION_PATH",
        about: "The session to use, by its path; wins over the name.",
        example: "/path/to/work.session",
      },
      { name: "TG_SESSIONS_DIR", about: "The folder of the sessions.", otherwise: "TG_DATA_DIR/sessions" },
      {
        name: "TG_READ_SESSION_PATH",
        about: "The session of the reading server, to compare with the other.",
        example: "/path/read.session",
      },
      {
        name: "TG_ACTIONS_SESSION_PATH",
        about: "The session of the writing server, to compare with the other.",
        example: "/path/actions.session",
      },
      { name: "TG_SESSION_PATH_CONFLICT_MODE", about: "When both use one session: warn or fail.", default: "warn" },
      {
        name: "TG_SESSION_CONFLICT_REGISTRY_FILE",
        about: "Beside it each process notes which session it holds.",
        otherwise: "beside the sessions",
      },
      { name: "TG_EXPECTED_USERNAME", about: "The account that the session must be of, by its @name.", example: "ada" },
      { name: "TG_EXPECTED_USER_ID", about: "The account that the session must be of, by its id.", example: "777000" },
      {
        name: "TG_ALLOW_SESSION_SWITCH",
        about: "1: the MCP servers may change to another session.",
        otherwise: "1 for reading, 0 for actions",
      },
      {
        name: "TG_SESSION_LOCK_MODE",
        about: "Who may use a session at the same time: shared, exclusive or off.",
        default: "shared",
      },
      {
        name: "TG_SESSION_RUNTIME_MODE",
        about: "copy: nothing is written back; direct: what changes is.",
        default: "copy",
      },
      {
        name: "TG_SESSION_RUNTIME_PROFILE",
        about: "Accepted, without effect: a copy lives in memory.",
        example: "actions_bridge",
      },
      { name: "TG_SESSION_PASSPHRASE", about: "Opens a session that was encrypted by a passphrase.", isSecret: true },
      {
        name: "TG_SECRET_CMD_SESSION_PASSPHRASE",
        about: "A command that prints that passphrase; no shell.",
        example: "op read op://tg/session",
      },
      {
        name: "TG_SESSION_ENCRYPTION",
        about: "How new sessions are encrypted: auto, keyring, passphrase or none.",
        default: "auto",
      },
      {
        name: "TG_SESSION_ACCEPT_VOLATILE_STORE",
        about: "1: a store that ends with the process may write with a session that belongs to another.",
        default: "0",
      },
      { name: "TG_RECEIVE_UPDATES", about: "1: keeps the stream of updates that watching needs.", default: "0" },
      {
        name: "TG_AUTH_BOOTSTRAP",
        about: "1: a program may log in by itself (logInFromEnv); the login command sets it for itself alone.",
        default: "0",
      },
    ],
  },
  {
    title: "State",
    variables: [
      {
        name: "TG_DATA_DIR",
        about: "Where sessions and state live.",
        otherwise: "tg-guarded in the user's data folder",
      },
      {
        name: "TG_STATE_URL",
        about: "Where state is shared: sqlite:PATH, redis://…, memory:.",
        otherwise: "sqlite:TG_DATA_DIR/state.sqlite",
      },
      { name: "TG_AUDIT_NAME", about: "Tells audit trails apart where hosts share a store.", default: "main" },
      {
        name: "TG_FILES_ROOTS",
        about: "Folders that files may be written to and sent from, as in PATH.",
        otherwise: "TG_DATA_DIR/downloads",
      },
      {
        name: "TG_READ_ALLOWED_CHATS",
        about:
          "The only chats that may be read: ids, @names, me, kind:group and the like, folder:NAME; commas between them.",
        otherwise: "all",
      },
      {
        name: "TG_CONFIG_FILE",
        about: "The configuration file.",
        otherwise: "tg-guarded/config.toml in the user's configuration folder",
      },
      { name: "TG_ACCOUNT", about: "Which account of the configuration file.", example: "work" },
      { name: "TG_ENV_FILE", about: "A file with these variables, as --env-file names it.", example: "/path/to/.env" },
      {
        name: "TG_SANDBOX",
        about: "The info file of a sandbox: everything goes there instead of to Telegram.",
        example: "/tmp/sandbox.json",
      },
    ],
  },
  {
    title: "MCP servers",
    variables: [
      {
        name: "TG_MCP_SERVER_NAME",
        about: "What the server calls itself.",
        otherwise: "tgmcp-read or tgmcp-actions",
      },
      {
        name: "LOG_LEVEL",
        about: "What they write on standard error: debug, info, warning, error or silent.",
        default: "warning",
      },
    ],
  },
  {
    title: "Limits",
    variables: [
      { name: "RATE_RPS", about: "Requests a second, in bursts of twice that.", default: "4" },
      { name: "TG_GLOBAL_RPS_MODE", about: "Who shares them: shared, local or off.", default: "shared" },
      { name: "MAX_DM_PER_DAY", about: "Direct messages a day.", default: "20" },
      { name: "MAX_JOINS_PER_DAY", about: "Joins, leaves, invitations and removals a day.", default: "20" },
      { name: "MAX_GROUP_MSGS_PER_DAY", about: "Messages to groups a day.", default: "30" },
      { name: "MAX_GROUPS", about: "In so many groups and channels no further one is joined.", default: "200" },
      { name: "TG_QUOTA_TIME_ZONE", about: "Whose days the quotas count by, from the IANA database.", default: "UTC" },
      {
        name: "TG_FLOOD_CIRCUIT_THRESHOLD_SEC",
        about: "A flood wait of so many seconds opens the circuit; 0: never.",
        default: "300",
      },
      { name: "TG_FLOOD_CIRCUIT_COOLDOWN_SEC", about: "For so many seconds at least.", default: "900" },
      { name: "RETRY_MAX_ATTEMPTS", about: "How many times a call is tried again.", default: "3" },
      { name: "SMART_PAUSE_PARTICIPANTS", about: "A pause of 1 s after so many members.", default: "5000" },
      { name: "SMART_PAUSE_DM_BATCH", about: "A pause of 60 s after so many direct messages.", default: "20" },
      { name: "PROXY_URL", about: "A SOCKS5 proxy: socks5://[user:password@]host:port.", isSecret: true },
    ],
  },
  {
    title: "Actions",
    variables: [
      { name: "TG_ACTIONS_ENABLED", about: "1: actions are allowed at all.", default: "0" },
      {
        name: "TG_ACTIONS_ALLOWED_GROUPS",
        about: "The chats that may be written to: @names and ids, with commas.",
        example: "@my_group,-1001234567890",
      },
      { name: "TG_ACTIONS_REQUIRE_ALLOWLIST", about: "0: any chat may be written to. Essential.", default: "1" },
      {
        name: "TG_ACTIONS_APPROVER",
        about: "Who approves: code, terminal, operator, or auto: whoever sits before the MCP host, else the operator.",
        otherwise: "code; auto in tgmcp-actions",
      },
      {
        name: "TG_ACTIONS_OPERATOR_WAIT_SEC",
        about: "How long a call waits for the operator.",
        otherwise: "0; 25 with auto",
      },
      {
        name: "TG_OPERATOR_SECRET_HASH",
        about: "The operator's key, as `tg-guarded approvals init` prints it.",
        example: "the line that it printed",
      },
      { name: "TG_ACTIONS_MAX_MESSAGE_LEN", about: "Characters of a message.", default: "2000" },
      { name: "TG_ACTIONS_MAX_FILE_MB", about: "Megabytes of a file.", default: "20" },
      { name: "TG_ACTIONS_REQUIRE_CONFIRMATION_TEXT", about: "0: no text to confirm with. Essential.", default: "1" },
      {
        name: "TG_ACTIONS_CONFIRMATION_PHRASE",
        about: "The phrase to confirm with, or sha256: and its hash.",
        isSecret: true,
      },
      { name: "TG_ACTIONS_MIN_CONFIRM_TEXT_LEN", about: "Characters, where there is no phrase.", default: "6" },
      { name: "TG_ACTIONS_REQUIRE_APPROVAL_CODE", about: "0: no approval code. Essential.", default: "1" },
      { name: "TG_ACTIONS_APPROVAL_TTL_SEC", about: "For so long an approval counts.", default: "1800" },
      { name: "TG_ACTIONS_APPROVAL_MIN_AGE_SEC", about: "Not before so long after the preview.", default: "30" },
      {
        name: "TG_ACTIONS_IDEMPOTENCY_ENABLED",
        about: "0: what was done may be done again at once. Essential.",
        default: "1",
      },
      { name: "TG_ACTIONS_IDEMPOTENCY_WINDOW_SEC", about: "For so long it is not done again.", default: "86400" },
      { name: "TG_ACTIONS_BATCH_TTL_HOURS", about: "How long a batch waits for its end.", default: "168" },
      {
        name: "TG_ACTIONS_BATCH_APPROVAL_LEASE_SEC",
        about: "How long the approval of a batch counts.",
        default: "86400",
      },
      { name: "TG_ACTIONS_BATCH_RUN_LEASE_SEC", about: "How long one process holds a batch.", default: "1800" },
      {
        name: "TG_ACTIONS_UNSAFE_OVERRIDE",
        about: "1: writes although an essential gate was taken away; said everywhere.",
        default: "0",
      },
      {
        name: "TG_ACTIONS_APPROVAL_FILE",
        about: "Without effect: TG_STATE_URL has taken its place.",
        example: "unused",
      },
      {
        name: "TG_ACTIONS_IDEMPOTENCY_FILE",
        about: "Without effect: TG_STATE_URL has taken its place.",
        example: "unused",
      },
      { name: "TG_ACTIONS_BATCH_FILE", about: "Without effect: TG_STATE_URL has taken its place.", example: "unused" },
    ],
  },
  {
    title: "Rights of the original, which these can only take away",
    variables: [
      { name: "TG_BLOCK_DIRECT_WRITE", about: "0 turns actions off.", default: "1" },
      { name: "TG_BLOCK_DIRECT_TELETHON_WRITE", about: "The same, by its older name.", default: "1" },
      { name: "TG_ALLOW_DIRECT_WRITE", about: "1 turns actions off.", default: "0" },
      { name: "TG_ALLOW_DIRECT_TELETHON_WRITE", about: "The same, by its older name.", default: "0" },
      { name: "TG_ENFORCE_ACTION_PROCESS", about: "0 turns actions off.", default: "1" },
      { name: "TG_DIRECT_WRITE_ALLOWED_CONTEXTS", about: "The contexts that may write.", default: "actions_mcp" },
      {
        name: "TG_DIRECT_TELETHON_WRITE_ALLOWED_CONTEXTS",
        about: "The same, by its older name.",
        default: "actions_mcp",
      },
      {
        name: "TG_WRITE_CONTEXT",
        about: "The context of this process; another than those allowed refuses writes.",
        example: "actions_mcp",
      },
      {
        name: "TG_ACTION_PROCESS",
        about: "0: this process is not the one for actions, and refuses writes.",
        example: "1",
      },
    ],
  },
];

export const VARIABLES: ReadonlyMap<string, Variable> = new Map(
  VARIABLE_GROUPS.flatMap(({ variables }) => variables.map((variable) => [variable.name, variable] as const)),
);
