import { StoredMembers, type Member } from "../members.js";
import type { World } from "../world.js";
import { wrong } from "./fault.js";
import { BEGIN } from "./making.js";
import { personOf } from "./people.js";
import type { GroupPlan, SupergroupPlan } from "./schema.js";

type Peopled = Pick<GroupPlan, "creator" | "admins" | "members">;

export function creatorOf(world: World, { creator }: Peopled): Pick<Member, "userId"> | undefined {
  return creator === undefined ? undefined : { userId: personOf(world, creator) };
}

/** Who is named more than once has the highest of these roles. */
export function membersOf(world: World, plan: Peopled, since: number): StoredMembers {
  const creator = creatorOf(world, plan);
  const invitedBy = creator?.userId;
  const named: readonly Member[] = [
    ...plan.members.map((who): Member => ({ userId: personOf(world, who), role: "member", since, invitedBy })),
    ...plan.admins.map(({ who, ...admin }): Member => ({
      userId: personOf(world, who),
      role: "admin",
      since,
      invitedBy,
      ...admin,
    })),
    ...(creator === undefined ? [] : [{ ...creator, role: "creator", since } as const]),
  ];
  const members = new StoredMembers();
  for (const member of [...named].reverse()) if (!members.get(member.userId)) members.add(member);
  return members;
}

/** Members who may do less than the others. */
export function restricted(
  world: World,
  members: StoredMembers,
  plan: Pick<SupergroupPlan, "restricted" | "date">,
  by: number,
): StoredMembers {
  for (const { who, denied, until } of plan.restricted) {
    const member = members.get(personOf(world, who));
    if (!member) throw wrong(`${JSON.stringify(who)} is no member, and cannot be restricted`);
    members.add({ ...member, restriction: { denied, by, date: plan.date ?? BEGIN, until } });
  }
  return members;
}
