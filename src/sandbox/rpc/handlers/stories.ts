import { tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers } from "../handler.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";

const noPeople = { chats: [], users: [] };
const stealth = { _: "storiesStealthMode" } as const;

/** Nobody here has told a story. */
export const stories = {
  "stories.getAllStories": () => ({
    _: "stories.allStories",
    count: 0,
    state: "",
    peer_stories: [],
    ...noPeople,
    stealth_mode: stealth,
  }),
  "stories.getPeerStories": ({ peer }, context) => {
    const shown = tlPeer(peerOf(targetOf(context, peer)));
    return { _: "stories.peerStories", stories: { _: "peerStories", peer: shown, stories: [] }, ...noPeople };
  },
  "stories.getPeerMaxIDs": ({ id }) => id.map(() => 0),
  "stories.getPinnedStories": () => ({ _: "stories.stories", count: 0, stories: [], ...noPeople }),
  "stories.getStoriesArchive": () => ({ _: "stories.stories", count: 0, stories: [], ...noPeople }),
  "stories.getStoriesByID": () => ({ _: "stories.stories", count: 0, stories: [], ...noPeople }),
  "stories.getAllReadPeerStories": (_, context) => updatesOf(new Cast(context.world, mailboxOf(context)), []),
  "stories.getChatsToSend": () => ({ _: "messages.chats", chats: [] }),
  "stories.getStoriesViews": () => ({ _: "stories.storyViews", views: [], users: [] }),
  "stories.readStories": () => [],
  "stories.toggleAllStoriesHidden": () => true,
  "stories.togglePeerStoriesHidden": () => true,
} satisfies Handlers;
