import type { Redis } from "ioredis";
import { refused } from "./redis-errors.js";

/** The class of ioredis, loaded when a Redis store is first opened: it is an optional peer dependency. */
export async function loadRedis(): Promise<typeof Redis> {
  try {
    return (await import("ioredis")).Redis;
  } catch (cause) {
    throw refused("The Redis store needs the package ioredis.", "Install it: npm install ioredis", cause);
  }
}
