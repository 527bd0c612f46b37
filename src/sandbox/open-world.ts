import type { Logins } from "./login/logins.js";
import { openLogins } from "./open-logins.js";
import type { SandboxWorld, WorldPoll } from "./public-world.js";
import { viewChat } from "./world/chat-view.js";
import type { Message } from "./world/message.js";
import { reactAs, readByOther, voteAs } from "./world/others.js";
import * as outside from "./world/outside.js";
import { postingOf } from "./world/plan/posting.js";
import { pollIn } from "./world/poll-state.js";
import { personIn } from "./world/post.js";
import { passTime } from "./world/release.js";
import type { World } from "./world/world.js";

/** The truth about a poll, whoever may see it. */
function pollShown(world: World, message: Message): WorldPoll | undefined {
  const poll = pollIn(world, message);
  if (!poll) return undefined;
  const answers = poll.tl.answers.map(({ text, option }) => ({ text: text.text, voters: poll.votersOf(option) }));
  return { question: poll.tl.question.text, answers, voters: poll.voters, isClosed: poll.isClosed };
}

/** The world as programs see it: the truth, and what they can let happen in it. */
export function openWorld(world: World, logins: Logins): SandboxWorld {
  const boxOf = (account: number | string | undefined) =>
    account === undefined ? world.mailboxes()[0] : world.mailboxOf(world.account(account));
  const now = (): number => Math.floor(world.now() / 1000);
  return {
    accounts: world.accounts,
    bots: world.bots.map(({ id, username, token = "" }) => ({ id, username, token })),
    users: world.users,
    chats: () => world.chats(),
    chat: (which) => {
      passTime(world);
      return world.chat(which);
    },
    draft: (chat, { account, topic } = {}) => boxOf(account)?.drafts.get(viewChat(world, chat).peer, topic),
    scheduled: (chat, { account } = {}) => {
      passTime(world);
      const owner = boxOf(account)?.accountId ?? 0;
      return world.schedule
        .of(owner, viewChat(world, chat).peer)
        .map(({ id, draft }) => ({ id, date: draft.date, text: draft.text, media: draft.media }));
    },
    post: (chat, posting) => {
      passTime(world);
      return world.post(chat, postingOf(world, posting));
    },
    edit: (chat, id, text) => {
      world.edit(chat, id, text);
    },
    delete: (chat, ids) => {
      world.delete(chat, ids);
    },
    react: (chat, id, { from, emoji }) => {
      reactAs(world, chat, id, from, emoji);
    },
    vote: (chat, id, { from, answers }) => {
      voteAs(world, chat, id, from, answers);
    },
    poll: (chat, id) => {
      const message = world.chat(chat).byId(id);
      return message && pollShown(world, message);
    },
    readByOther: (chat) => {
      readByOther(world, chat);
    },
    loseUpdates: () => {
      world.loseUpdates();
    },
    moveUsername: (name, userId) => {
      world.moveUsername(name, userId);
    },
    expireFileReferences: () => {
      world.expireFileReferences();
    },
    kick: (chat, user) => {
      outside.kick(world, chat, user);
    },
    admit: (chat, user) => {
      outside.bringIn(world, chat, user);
    },
    setRights: (chat, user, rights) => {
      outside.setRights(world, chat, user, rights);
    },
    setDefaultRights: (chat, denied) => {
      outside.setDefaultRights(world, chat, denied);
    },
    setSlowMode: (chat, seconds) => {
      outside.setSlowMode(world, chat, seconds);
    },
    protect: (chat, isProtected = true) => {
      outside.protect(world, chat, isProtected);
    },
    rename: (chat, title) => {
      outside.rename(world, chat, title);
    },
    invite: (chat, terms = {}) => outside.invite(world, chat, terms),
    block: (user, by) => {
      world.relations.block(personIn(world, by), personIn(world, user), now());
    },
    unblock: (user, by) => {
      world.relations.unblock(personIn(world, by), personIn(world, user));
    },
    setPrivacy: (user, privacy) => {
      world.relations.setPrivacy(personIn(world, user), privacy);
      world.forgetBuilt();
    },
    setContact: (of, user, isContact = true) => {
      const mailbox = world.mailboxOf(world.account(of));
      if (isContact) mailbox.contacts.add(personIn(world, user));
      else mailbox.contacts.delete(personIn(world, user));
      world.forgetBuilt();
    },
    ...openLogins(world, logins),
    moveFiles: (dcId) => {
      outside.moveFiles(world, dcId);
    },
    addFolder: (title, { account, include = [], exclude = [], kinds = [] }) => {
      const peers = (names: readonly (number | string)[]) => names.map((name) => viewChat(world, name).peer);
      boxOf(account)?.folders.push({ title, include: peers(include), exclude: peers(exclude), kinds });
    },
    limit: (account, limits) => {
      world.relations.setLimits(world.account(account).id, limits);
    },
    limitChannels: (most) => {
      world.mostChannels = most;
    },
  };
}
