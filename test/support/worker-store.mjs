// Opens the store that a worker's order names, from the built package.
export async function openStore({ path, url }) {
  if (path === undefined) return (await import("../../dist/redis.js")).redisStore({ url });
  return (await import("../../dist/sqlite.js")).sqliteStore({ path });
}
