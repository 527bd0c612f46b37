import { roll } from "../../world/dice.js";
import type * as Tl from "../../tl/types.js";
import type { PlainMedia } from "../../world/media.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";

const FEWEST_ANSWERS = 2;
const MOST_ANSWERS = 10;
const LONGEST_QUESTION = 255;
const LONGEST_ANSWER = 100;
const LONGEST_SOLUTION = 200;

/** How many values each of the emoji has (core.telegram.org/api/dice). */
const DICE: Readonly<Record<string, number>> = { "🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64 };

const plain = (media: Tl.TypeMessageMedia): PlainMedia => ({ kind: "plain", media });

/**
 * Media without a file: places, contacts, dice, polls. Undefined for anything else.
 *
 * @throws MEDIA_INVALID, PHONE_NUMBER_INVALID, EMOTICON_INVALID and the errors of {@link pollOf}
 */
export function acceptPlain(context: RequestContext, input: Tl.TypeInputMedia): PlainMedia | undefined {
  switch (input._) {
    case "inputMediaGeoPoint":
      return plain({ _: "messageMediaGeo", geo: geo(input.geo_point) });
    case "inputMediaVenue": {
      const { title, address, provider, venue_id, venue_type } = input;
      return plain({
        ...{ _: "messageMediaVenue", geo: geo(input.geo_point), title, address, provider, venue_id, venue_type },
      });
    }
    case "inputMediaContact":
      return plain(contact(context, input));
    case "inputMediaDice":
      return plain({ _: "messageMediaDice", value: thrown(context, input.emoticon), emoticon: input.emoticon });
    case "inputMediaPoll":
      return plain(pollOf(context, input));
    default:
      return undefined;
  }
}

function geo(point: Tl.TypeInputGeoPoint): Tl.geoPoint {
  if (point._ === "inputGeoPointEmpty") throw refuse("MEDIA_INVALID");
  const { lat, long } = point;
  if (!(Math.abs(lat) <= 90 && Math.abs(long) <= 180)) throw refuse("MEDIA_INVALID");
  return { _: "geoPoint", lat, long, access_hash: 0n, accuracy_radius: point.accuracy_radius };
}

/** Somebody of this world is recognised by his number. */
function contact({ world }: RequestContext, input: Tl.inputMediaContact): Tl.messageMediaContact {
  const { phone_number, first_name, last_name, vcard } = input;
  const digits = phone_number.replace(/\D/g, "");
  if (digits === "") throw refuse("PHONE_NUMBER_INVALID");
  const user_id = BigInt(world.users.byPhone(digits)?.id ?? 0);
  return { _: "messageMediaContact", phone_number, first_name, last_name, vcard, user_id };
}

function thrown({ world, now }: RequestContext, emoticon: string): number {
  const values = Object.hasOwn(DICE, emoticon.replaceAll("\ufe0f", ""))
    ? DICE[emoticon.replaceAll("\ufe0f", "")]
    : undefined;
  if (values === undefined) throw refuse("EMOTICON_INVALID");
  return 1 + (roll(now, Number(world.files.nextId() % 1_000_000n)) % values);
}

/**
 * core.telegram.org/api/poll
 *
 * @throws POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID, POLL_ANSWER_INVALID, POLL_OPTION_INVALID, POLL_OPTION_DUPLICATE,
 * QUIZ_CORRECT_ANSWERS_EMPTY, QUIZ_CORRECT_ANSWERS_TOO_MUCH, QUIZ_CORRECT_ANSWER_INVALID, QUIZ_MULTIPLE_INVALID
 */
function pollOf({ world, now }: RequestContext, input: Tl.inputMediaPoll): Tl.messageMediaPoll {
  const { poll } = input;
  checkQuestions(poll);
  if (poll.quiz) checkQuiz(input);
  if ((input.solution?.length ?? 0) > LONGEST_SOLUTION) throw refuse("MEDIA_CAPTION_TOO_LONG");
  const { correct_answers: correct, solution, solution_entities: solutionEntities } = input;
  const close_date = poll.close_period === undefined ? poll.close_date : Math.floor(now / 1000) + poll.close_period;
  const fresh: Tl.poll = { ...poll, id: world.files.nextId(), closed: undefined, close_date };
  world.polls.add(fresh, correct && { correct, solution, solutionEntities });
  return { _: "messageMediaPoll", poll: fresh, results: { _: "pollResults", total_voters: 0 } };
}

function checkQuestions({ question, answers }: Tl.poll): void {
  const isBetween = (text: string, most: number): boolean => text.trim().length > 0 && text.length <= most;
  if (!isBetween(question.text, LONGEST_QUESTION)) throw refuse("POLL_QUESTION_INVALID");
  if (answers.length < FEWEST_ANSWERS || answers.length > MOST_ANSWERS) throw refuse("POLL_ANSWERS_INVALID");
  if (!answers.every(({ text }) => isBetween(text.text, LONGEST_ANSWER))) throw refuse("POLL_ANSWER_INVALID");
  if (!answers.every(({ option }) => isBetween(hex(option), 200))) throw refuse("POLL_OPTION_INVALID");
  if (new Set(answers.map(({ option }) => hex(option))).size < answers.length) throw refuse("POLL_OPTION_DUPLICATE");
}

const hex = (option: Uint8Array): string => Buffer.from(option).toString("hex");

function checkQuiz({ poll, correct_answers: correct = [] }: Tl.inputMediaPoll): void {
  if (poll.multiple_choice) throw refuse("QUIZ_MULTIPLE_INVALID");
  if (correct.length === 0) throw refuse("QUIZ_CORRECT_ANSWERS_EMPTY");
  if (correct.length > 1) throw refuse("QUIZ_CORRECT_ANSWERS_TOO_MUCH");
  const options = poll.answers.map(({ option }) => hex(option));
  if (!correct.every((one) => options.includes(hex(one)))) throw refuse("QUIZ_CORRECT_ANSWER_INVALID");
}
