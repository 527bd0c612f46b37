/** The application's id and hash that the sandbox gives its clients. */
export const OWN_API = { apiId: 1000, apiHash: "0123456789abcdef0123456789abcdef" } as const;
