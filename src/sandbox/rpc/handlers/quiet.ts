import { tlPeer, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers } from "../handler.js";
import { historyOf, mailboxOf, targetOf } from "./resolve.js";

const noPeople = { chats: [], users: [] };

/** What clients ask for at start and by the way, and what there is none of here. */
export const quiet = {
  "messages.getAvailableEffects": () => ({ _: "messages.availableEffects", hash: 1, effects: [], documents: [] }),
  "messages.getPaidReactionPrivacy": (_, context) =>
    updatesOf(new Cast(context.world, mailboxOf(context)), [{ _: "updatePaidReactionPrivacy", private: false }]),
  "bots.getAdminedBots": () => [],
  "phone.getCallConfig": () => ({ _: "dataJSON", data: "{}" }),
  "phone.getGroupCallJoinAs": (_, context) => {
    const cast = new Cast(context.world, mailboxOf(context)).addUser(context.account.id);
    const peers = [tlPeer(userPeer(context.account.id))];
    return { _: "phone.joinAsPeers", peers, chats: cast.chats, users: cast.users };
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
  "contacts.resetSaved": () => true,
  "contacts.getBirthdays": () => ({ _: "contacts.contactBirthdays", contacts: [], users: [] }),
  "contacts.editCloseFriends": () => true,
  "users.getIsPremiumRequiredToContact": ({ id }) => id.map(() => false),
  "upload.getFileHashes": () => [],
} satisfies Handlers;
