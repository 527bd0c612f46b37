import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { peerKey, tlPeer } from "../../world/peer.js";
import type { Handlers, RequestContext } from "../handler.js";
import { isStranger } from "./may-write.js";
import { historyOf, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";

/** What is offered above a chat with somebody one does not know. */
function settingsFor(context: RequestContext, target: Target): Tl.peerSettings {
  const unknown =
    target.kind === "user" &&
    target.user.id !== context.account.id &&
    !target.user.support &&
    !target.user.bot &&
    !context.world.relations.knows(context.account.id, target.user.id);
  if (!unknown || context.world.settings.hiddenBars.has(barOf(context, target))) return { _: "peerSettings" };
  const wrote = !isStranger(context, target.user.id);
  return { _: "peerSettings", report_spam: wrote || undefined, add_contact: true, block_contact: wrote || undefined };
}

const barOf = ({ account }: RequestContext, target: Target): string => `${account.id}>${peerKey(peerOf(target))}`;

const noPeople = { chats: [], users: [] };
const stealth = { _: "storiesStealthMode" } as const;

/** What clients ask for at start and by the way, and what there is none of here. */
export const quiet = {
  "messages.getPeerSettings": ({ peer }, context) => {
    const target = targetOf(context, peer);
    const cast = new Cast(context.world, mailboxOf(context)).add(peerOf(target));
    const settings = settingsFor(context, target);
    return { _: "messages.peerSettings", settings, chats: cast.chats, users: cast.users };
  },
  "messages.hidePeerSettingsBar": ({ peer }, context) => {
    context.world.settings.hiddenBars.add(barOf(context, targetOf(context, peer)));
    return true;
  },
  "messages.reportSpam": ({ peer }, context) => {
    targetOf(context, peer);
    return true;
  },
  "messages.getWebPagePreview": () => ({
    _: "messages.webPagePreview",
    media: { _: "messageMediaEmpty" },
    users: [],
  }),
  "messages.getWebPage": ({ url }) => ({
    _: "messages.webPage",
    webpage: { _: "webPageEmpty", id: 0n, url },
    ...noPeople,
  }),
  "messages.getDefaultHistoryTTL": () => ({ _: "defaultHistoryTTL", period: 0 }),
  "messages.getQuickReplies": () => ({ _: "messages.quickReplies", quick_replies: [], messages: [], ...noPeople }),
  "messages.getSavedReactionTags": () => ({ _: "messages.savedReactionTags", tags: [], hash: 0n }),
  "messages.getAttachMenuBots": () => ({ _: "attachMenuBots", hash: 0n, bots: [], users: [] }),
  "messages.getSponsoredMessages": () => ({ _: "messages.sponsoredMessagesEmpty" }),
  "messages.getSuggestedDialogFilters": () => [],
  "messages.receivedMessages": () => [],
  "messages.getFactCheck": ({ msg_id }) => msg_id.map(() => ({ _: "factCheck", hash: 0n })),
  "messages.getOnlines": ({ peer }, context) => {
    const target = targetOf(context, peer);
    const people = target.kind === "user" ? [] : context.world.membersAmongAccounts(target);
    const online = people.filter(({ accountId }) => context.world.users.get(accountId)?.presence === "online");
    return { _: "chatOnlines", onlines: Math.max(1, online.length) };
  },
  "messages.getMessageEditData": ({ peer, id }, context) => {
    const target = targetOf(context, peer);
    const media = historyOf(context, target).byId(id)?.media;
    return { _: "messages.messageEditData", caption: (media !== undefined && media.kind !== "plain") || undefined };
  },
  "channels.getChannelRecommendations": () => ({ _: "messages.chats", chats: [] }),
  "channels.getInactiveChannels": () => ({ _: "messages.inactiveChats", dates: [], ...noPeople }),
  "contacts.getTopPeers": () => ({ _: "contacts.topPeers", categories: [], ...noPeople }),
  "contacts.toggleTopPeers": () => true,
  "contacts.resetTopPeerRating": () => true,
  "contacts.resetSaved": () => true,
  "contacts.getBirthdays": () => ({ _: "contacts.contactBirthdays", contacts: [], users: [] }),
  "contacts.editCloseFriends": () => true,
  "users.getIsPremiumRequiredToContact": ({ id }) => id.map(() => false),
  "upload.getFileHashes": () => [],
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
  "payments.getStarsStatus": () => ({
    _: "payments.starsStatus",
    balance: { _: "starsAmount", amount: 0n, nanos: 0 },
    ...noPeople,
  }),
  "payments.getStarGifts": () => ({ _: "payments.starGifts", hash: 0, gifts: [] }),
  "payments.getPremiumGiftCodeOptions": () => [],
  "premium.getMyBoosts": () => ({ _: "premium.myBoosts", my_boosts: [], ...noPeople }),
} satisfies Handlers;
