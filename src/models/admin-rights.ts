import type { Api } from "telegram";

/** What one may do in a chat beside writing. */
export interface Powers {
  readonly canChangeInfo: boolean;
  /** In channels. */
  readonly canPost: boolean;
  /** Posts of others; in channels. */
  readonly canEdit: boolean;
  /** Messages of others. */
  readonly canDelete: boolean;
  readonly canBan: boolean;
  readonly canInvite: boolean;
  readonly canPin: boolean;
  readonly canAddAdmins: boolean;
  readonly canManageCalls: boolean;
  readonly canManageTopics: boolean;
}

/** What an admin may do. */
export interface AdminRights extends Powers {
  /** Writes in the name of the group. */
  readonly isAnonymous: boolean;
}

export const toPowers = (rights: Api.TypeChatAdminRights): Powers => ({
  canChangeInfo: rights.changeInfo ?? false,
  canPost: rights.postMessages ?? false,
  canEdit: rights.editMessages ?? false,
  canDelete: rights.deleteMessages ?? false,
  canBan: rights.banUsers ?? false,
  canInvite: rights.inviteUsers ?? false,
  canPin: rights.pinMessages ?? false,
  canAddAdmins: rights.addAdmins ?? false,
  canManageCalls: rights.manageCall ?? false,
  canManageTopics: rights.manageTopics ?? false,
});

export const toAdminRights = (rights: Api.TypeChatAdminRights): AdminRights => ({
  ...toPowers(rights),
  isAnonymous: rights.anonymous ?? false,
});
