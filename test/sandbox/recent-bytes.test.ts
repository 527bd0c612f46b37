import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeResult, encodeResult } from "../../src/sandbox/tl/codec.js";

interface Person {
  _: "user";
  id: bigint;
  first_name: string;
  status?: { _: string; was_online?: number };
  restricted?: true;
  restriction_reason?: { _: string; platform: string; reason: string; text: string }[];
  photo?: { _: string; photo_id: bigint; dc_id: number; stripped_thumb: Buffer };
}

let ids = 9_000_000_000n;
const reason = () => ({ _: "restrictionReason", platform: "all", reason: "none", text: "?" });

function person(detailed: boolean, pictured: boolean): Person {
  const offline = { _: "userStatusOffline", was_online: 5 };
  const photo = { _: "userProfilePhoto", photo_id: 1n, dc_id: 2, stripped_thumb: Buffer.alloc(3) };
  return {
    ...{ _: "user", id: ids++, first_name: "Lina" },
    ...(detailed && { status: offline, restricted: true, restriction_reason: [reason()] }),
    ...(pictured && { photo }),
  };
}

/** What a client reads of somebody who is written once more. */
function read(user: Person): unknown {
  const [told] = decodeResult("users.getUsers", encodeResult("users.getUsers", [user])) as readonly unknown[];
  return told;
}

const CHANGES: Readonly<Record<string, (user: Person) => void>> = {
  name: (user) => {
    user.first_name += "!";
  },
  "another status": (user) => {
    user.status = { _: "userStatusRecently" };
  },
  "the same status, later": ({ status }) => {
    if (status?.was_online !== undefined) status.was_online++;
  },
  "one more reason": ({ restriction_reason }) => {
    restriction_reason?.push(reason());
  },
  "a longer reason": ({ restriction_reason }) => {
    for (const one of restriction_reason ?? []) one.text += "!";
  },
  picture: ({ photo }) => {
    if (photo) photo.stripped_thumb[0] = ((photo.stripped_thumb[0] ?? 0) + 1) % 256;
  },
};

/** Makes a change, unless the object is closed to it. */
function change(user: Person, name: string): void {
  try {
    CHANGES[name]?.(user);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}

it("whatever happens to an object between two writings, no client reads what it was before", () => {
  const steps = fc.array(fc.constantFrom("write", ...Object.keys(CHANGES)), { maxLength: 16 });
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), steps, (detailed, pictured, names) => {
      const user = person(detailed, pictured);
      for (const name of names) {
        if (name === "write") expect(read(user)).toEqual(user);
        else change(user, name);
      }
    }),
    { numRuns: 500 },
  );
});

it("an object is closed once its bytes are kept, and one that holds bytes itself is written anew each time", () => {
  const kept = person(true, false);
  const open = person(true, true);
  for (const user of [kept, open, kept, open, kept, open]) read(user);
  expect(() => CHANGES["name"]?.(kept)).toThrow(TypeError);
  expect(() => CHANGES["the same status, later"]?.(kept)).toThrow(TypeError);
  expect(() => CHANGES["one more reason"]?.(kept)).toThrow(TypeError);
  CHANGES["name"]?.(open);
  CHANGES["picture"]?.(open);
  expect(read(open)).toMatchObject({ first_name: "Lina!", photo: { stripped_thumb: Buffer.of(1, 0, 0) } });
});
