import type { Api } from "telegram";
import { toIso } from "./ids.js";
import { present } from "./present.js";

/** A poll or quiz, and how it stands. */
export interface Poll {
  readonly question: string;
  readonly answers: readonly PollAnswer[];
  readonly isClosed: boolean;
  readonly isQuiz: boolean;
  /** Everybody may see who voted for what. */
  readonly isPublic: boolean;
  readonly isMultipleChoice: boolean;
  /** Absent where Telegram does not tell. */
  readonly totalVoters?: number;
  /** ISO time at which it closes by itself. */
  readonly closeDate?: string;
  /** Why the right answer of a quiz is right. */
  readonly explanation?: string;
}

/** What one can choose in a poll, and how many have. */
export interface PollAnswer {
  readonly text: string;
  /** Absent until this account may see the votes. */
  readonly voters?: number;
  /** This account voted for it. */
  readonly isChosen?: boolean;
  /** The right answer of a quiz, once it is known. */
  readonly isCorrect?: boolean;
}

export function toPoll({ poll, results }: Api.MessageMediaPoll): Poll {
  const votes = new Map((results.results ?? []).map((vote) => [vote.option.toString("hex"), vote]));
  return {
    question: poll.question.text,
    answers: poll.answers.map(({ text, option }) => toAnswer(text.text, votes.get(option.toString("hex")))),
    isClosed: poll.closed ?? false,
    isQuiz: poll.quiz ?? false,
    isPublic: poll.publicVoters ?? false,
    isMultipleChoice: poll.multipleChoice ?? false,
    ...present({
      totalVoters: results.totalVoters,
      closeDate: poll.closeDate ? toIso(poll.closeDate) : undefined,
      explanation: results.solution,
    }),
  };
}

function toAnswer(text: string, vote: Api.TypePollAnswerVoters | undefined): PollAnswer {
  if (vote === undefined) return { text };
  return { text, voters: vote.voters, isChosen: vote.chosen ?? false, ...present({ isCorrect: vote.correct }) };
}
