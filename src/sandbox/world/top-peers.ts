import type * as Tl from "../tl/types.js";
import { samePeer, type Peer } from "./peer.js";

type Category = Tl.TypeTopPeerCategory["_"];

/** Somebody an account has much to do with, in some way. */
export interface TopPeer {
  readonly peer: Peer;
  readonly category: Category;
  readonly rating: number;
}

/** Whom an account has most to do with (core.telegram.org/api/top-rating), as an export tells it. */
export class TopPeers {
  /** The account does not want them kept. */
  isOff = false;
  #all: TopPeer[] = [];

  add(top: TopPeer): void {
    this.#all.push(top);
  }

  /** The highest rated first. */
  of(category: Category): readonly TopPeer[] {
    return this.#all.filter((one) => one.category === category).sort((a, b) => b.rating - a.rating);
  }

  remove(category: Category, peer: Peer): void {
    this.#all = this.#all.filter((one) => one.category !== category || !samePeer(one.peer, peer));
  }
}
