import type { Api } from "telegram";
import { chatPeer, userPeer, type Peer } from "./peer.js";

/** The peers seen so far, by id, `@name` and title. */
export class PeerBook {
  readonly #peers = new Map<number, Peer>();
  readonly #usernames = new Map<string, number>();
  #selfId: number | undefined;

  get self(): Peer | undefined {
    return this.#selfId === undefined ? undefined : this.#peers.get(this.#selfId);
  }

  learn(users: readonly Api.TypeUser[], chats: readonly Api.TypeChat[]): void {
    for (const user of users) {
      const peer = userPeer(user);
      if (peer === undefined) continue;
      this.#add(peer);
      if (user.className === "User" && user.self) this.#selfId = peer.id;
    }
    for (const chat of chats) {
      const peer = chatPeer(chat);
      if (peer !== undefined) this.#add(peer);
    }
  }

  byId(id: number): Peer | undefined {
    return this.#peers.get(id);
  }

  byUsername(username: string): Peer | undefined {
    const id = this.#usernames.get(username.toLowerCase());
    return id === undefined ? undefined : this.#peers.get(id);
  }

  /** Titles are not unique: all that match, ignoring case. */
  byTitle(title: string): readonly Peer[] {
    const wanted = title.toLowerCase();
    return [...this.#peers.values()].filter((peer) => peer.title.toLowerCase() === wanted);
  }

  #add(peer: Peer): void {
    const before = this.#peers.get(peer.id)?.username?.toLowerCase();
    // The name may be another's by now.
    if (before !== undefined && this.#usernames.get(before) === peer.id) this.#usernames.delete(before);
    this.#peers.set(peer.id, peer);
    if (peer.username !== undefined) this.#usernames.set(peer.username.toLowerCase(), peer.id);
  }
}
